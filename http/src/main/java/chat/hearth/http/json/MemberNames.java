package chat.hearth.http.json;

import jakarta.json.bind.annotation.JsonbProperty;
import java.lang.reflect.RecordComponent;

/// How record components are called in JSON: `displayName` is `display_name`. A component whose
/// name follows another rule carries a [JsonbProperty].
final class MemberNames {
    private MemberNames() {}

    static String of(RecordComponent component) {
        JsonbProperty property = component.getAccessor().getAnnotation(JsonbProperty.class);
        return property == null || property.value().isEmpty()
                ? snakeCase(component.getName())
                : property.value();
    }

    static String snakeCase(String name) {
        var snake = new StringBuilder(name.length() + 4);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isUpperCase(c)) {
                snake.append('_').append(Character.toLowerCase(c));
            } else {
                snake.append(c);
            }
        }
        return snake.toString();
    }
}
