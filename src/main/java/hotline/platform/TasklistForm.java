package hotline.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hotline.Refused;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;

/** The JSON that a form of the Tasklist is filled with, and the JSON that it sends. */
final class TasklistForm {
  /** The longest text that any form asks for, in characters. */
  private static final int LONGEST_TEXT = 4000;

  private static final Set<String> TYPES =
      Set.of("String", "Boolean", "Integer", "Short", "Long", "Double", "Date", "Json", "Null");

  private final ObjectMapper json;

  TasklistForm(ObjectMapper json) {
    this.json = json;
  }

  byte[] filled(byte[] engineVariables, Map<String, Object> shown) throws IOException {
    ObjectNode variables = object(engineVariables);
    shown.forEach((name, value) -> variables.set(name, entry(value)));
    return json.writeValueAsBytes(variables);
  }

  private ObjectNode entry(Object value) {
    ObjectNode entry = json.createObjectNode();
    entry.set("valueInfo", json.createObjectNode());
    if (value instanceof Boolean yes) {
      return entry.put("type", "Boolean").put("value", yes);
    }
    if (value instanceof Integer number) {
      return entry.put("type", "Integer").put("value", number);
    }
    if (value instanceof Long number) {
      return entry.put("type", "Long").put("value", number);
    }
    if (value instanceof Double number) {
      return entry.put("type", "Double").put("value", number);
    }
    if (value instanceof CharSequence text) {
      return entry.put("type", "String").put("value", text.toString());
    }
    return entry.put("type", "Json").put("value", text(value));
  }

  private String text(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("a form cannot show " + value.getClass().getName(), e);
    }
  }

  /**
   * Only the variables of the forms, with their value and plain type: no other variable, no
   * business key, no instruction for the engine and no Java object gets through.
   */
  byte[] reduced(byte[] sent, Set<String> fields) throws IOException {
    ObjectNode reduced = json.createObjectNode();
    ObjectNode kept = reduced.putObject("variables");
    Iterator<Map.Entry<String, JsonNode>> all = object(sent).path("variables").fields();
    while (all.hasNext()) {
      Map.Entry<String, JsonNode> one = all.next();
      if (fields.contains(one.getKey()) && one.getValue().isObject()) {
        keep(kept, one.getKey(), one.getValue());
      }
    }
    return json.writeValueAsBytes(reduced);
  }

  private void keep(ObjectNode kept, String name, JsonNode variable) {
    JsonNode value = variable.path("value");
    String type = variable.path("type").asText("");
    if (value.isContainerNode()) {
      kept.putObject(name).put("type", "Json").put("value", value.toString());
      return;
    }
    if (value.isTextual() && !type.equals("Json") && length(value.textValue()) > LONGEST_TEXT) {
      throw new Refused(name, name + " 不能超过 " + LONGEST_TEXT + " 个字");
    }
    if (type.isEmpty() || TYPES.contains(type)) {
      ObjectNode copy = kept.putObject(name);
      if (!type.isEmpty()) {
        copy.put("type", type);
      }
      copy.set("value", value.isMissingNode() ? json.nullNode() : value);
    }
  }

  /** In characters as people count them. */
  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private ObjectNode object(byte[] bytes) throws IOException {
    if (bytes.length == 0) {
      return json.createObjectNode();
    }
    if (json.readTree(bytes) instanceof ObjectNode object) {
      return object;
    }
    throw new IOException("a JSON object was expected");
  }
}
