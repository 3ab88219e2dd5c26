package normlab.platform.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import normlab.json.InvalidInputException;

/** Values of the command line, such as {@code recipe.learningRate=0.05}, as a difference to merge into an experiment. */
final class Settings {
    private Settings() {}

    /**
     * @param settings {@code path=value} each, the value in YAML; a later one replaces an earlier one
     * @throws InvalidInputException with the setting that has another form
     */
    static ObjectNode difference(List<String> settings) {
        ObjectNode difference = JsonNodeFactory.instance.objectNode();
        settings.forEach(setting -> lay(setting, difference));
        return difference;
    }

    private static void lay(String setting, ObjectNode into) {
        int equals = setting.indexOf('=');
        String[] path =
                equals < 1 ? new String[0] : setting.substring(0, equals).split("\\.", -1);
        if (path.length == 0 || List.of(path).contains("")) {
            throw new InvalidInputException(
                    "--set " + setting, "is not path=value, expected for example recipe.learningRate=0.05");
        }
        ObjectNode at = into;
        for (int i = 0; i < path.length - 1; i++) {
            at = at.get(path[i]) instanceof ObjectNode map ? map : at.putObject(path[i]);
        }
        at.set(path[path.length - 1], value(setting, setting.substring(equals + 1)));
    }

    private static JsonNode value(String setting, String yaml) {
        JsonNode value = YamlFile.parse(yaml, "value of --set " + setting);
        return value.isMissingNode() ? JsonNodeFactory.instance.nullNode() : value;
    }
}
