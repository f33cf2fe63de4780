package hotline.outage;

import org.jspecify.annotations.Nullable;

/** A valve that is closed for the outage (YF-16a). */
record Valve(String number, @Nullable Integer diameterMm, @Nullable String place) {
  String words() {
    return number
        + (diameterMm == null ? "" : " DN" + diameterMm)
        + (place == null ? "" : " " + place);
  }
}
