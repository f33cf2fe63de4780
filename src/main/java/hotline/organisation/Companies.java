package hotline.organisation;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** Which companies this installation serves. */
@ConfigurationProperties("hotline")
record Companies(
    @DefaultValue({"yunfu-water", "yinchuan-water", "gas", "water-repair", "wuda-heat"})
        List<String> companies) {}
