package chat.hearth.homeserver.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConfigReferenceTest {
    @Test
    void thePageInTheRepositoryIsCurrent() throws IOException {
        assertEquals(
                ConfigReference.markdown(),
                Files.readString(Path.of("../docs/configuration.md")),
                "stale: run `./hearth config reference > docs/configuration.md`");
    }

    @Test
    void everyOptionIsExplained() {
        for (ConfigSchema.Leaf leaf : leaves()) {
            assertFalse(leaf.text().isBlank(), leaf.key());
            assertTrue(leaf.text().endsWith("."), leaf.key() + " is not explained in sentences");
            assertTrue(ConfigReference.markdown().contains(leaf.variable()), leaf.key());
        }
    }

    @Test
    void noTwoOptionsShareAVariable() {
        List<String> variables = leaves().stream().map(ConfigSchema.Leaf::variable).toList();
        assertEquals(variables.stream().distinct().toList(), variables);
    }

    private static List<ConfigSchema.Leaf> leaves() {
        return ConfigSchema.of(HearthConfig.class).leaves().toList();
    }
}
