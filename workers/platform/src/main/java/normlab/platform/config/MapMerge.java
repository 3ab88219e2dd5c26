package normlab.platform.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import normlab.json.Problems;
import normlab.json.StrictBinding;

/**
 * Merges a difference into an inherited map: maps merge, lists and single values replace, null removes. This is JSON
 * Merge Patch (RFC 7386), except that it is a problem to remove what is not inherited: the key is misspelt.
 */
record MapMerge(Problems problems) {
    /** Returns a new map; the arguments are not changed. */
    ObjectNode merge(ObjectNode inherited, ObjectNode difference) {
        ObjectNode merged = inherited.deepCopy();
        lay(merged, difference, "");
        return merged;
    }

    private void lay(ObjectNode target, ObjectNode difference, String path) {
        difference.properties().forEach(entry -> {
            String name = entry.getKey();
            JsonNode value = entry.getValue();
            if (value.isNull()) {
                remove(target, name, path + name);
            } else if (value instanceof ObjectNode map) {
                lay(mapAt(target, name), map, path + name + ".");
            } else {
                target.set(name, value.deepCopy());
            }
        });
    }

    /** Descends even if nothing is inherited, so that null is treated the same at every depth. */
    private static ObjectNode mapAt(ObjectNode target, String name) {
        return target.get(name) instanceof ObjectNode map ? map : target.putObject(name);
    }

    private void remove(ObjectNode target, String name, String path) {
        List<String> inherited = new ArrayList<>();
        target.fieldNames().forEachRemaining(inherited::add);
        if (target.remove(name) == null) {
            problems.add("%s is null, which removes an inherited key, but it is not inherited%s"
                    .formatted(path, StrictBinding.suggestion(name, inherited)));
        }
    }
}
