package chat.hearth.acceptance.house;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// Counts the lines of methods as the compiler reads them.
final class MethodLengths extends TreeScanner<@Nullable Void, List<String>> {
    private final int linesMax;
    private final CompilationUnitTree unit;
    private final SourcePositions positions;

    private MethodLengths(int linesMax, CompilationUnitTree unit, SourcePositions positions) {
        this.linesMax = linesMax;
        this.unit = unit;
        this.positions = positions;
    }

    /// The methods of `sources` that have more than `linesMax` lines.
    static List<String> over(int linesMax, List<Path> sources) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> found = new ArrayList<>();
        try (StandardJavaFileManager files =
                compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    files,
                                    null,
                                    List.of("-proc:none"),
                                    null,
                                    files.getJavaFileObjectsFromPaths(sources));
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new MethodLengths(linesMax, unit, positions).scan(unit, found);
            }
        }
        return found;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, List<String> found) {
        LineMap lines = unit.getLineMap();
        // Annotations may hold a test's whole table, which is data.
        long annotated = positions.getEndPosition(unit, method.getModifiers());
        long start = Math.max(annotated, positions.getStartPosition(unit, method));
        long first = lines.getLineNumber(start);
        long last = lines.getLineNumber(positions.getEndPosition(unit, method));
        if (last - first + 1 > linesMax) {
            String where = unit.getSourceFile().getName() + ":" + first;
            found.add(where + " " + method.getName() + " has " + (last - first + 1) + " lines");
        }
        return super.visitMethod(method, found);
    }
}
