package chat.hearth.acceptance.power;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// A system call as `strace -y -xx` prints it: paths and bytes in hexadecimal.
///
/// @param name such as `pwrite64`
/// @param arguments as printed
record SystemCall(String name, List<String> arguments) {

    private static final int HEX_ESCAPE_LENGTH = 4;
    private static final int HEX_RADIX = 16;

    /// Reads `name(argument, argument`, the closing parenthesis cut off.
    static SystemCall of(String text) {
        int open = text.indexOf('(');
        return new SystemCall(
                text.substring(0, open), List.of(text.substring(open + 1).split(", ", -1)));
    }

    /// The name of the file behind an argument that is a file descriptor.
    String openFile(int argument) {
        return fileName(between(arguments.get(argument), '<', '>'));
    }

    /// The name of the file behind an argument that is a path.
    String namedFile(int argument) {
        return fileName(between(arguments.get(argument), '"', '"'));
    }

    /// An argument that is a buffer.
    byte[] bytes(int argument) {
        if (arguments.get(argument).endsWith("...")) {
            throw new IllegalStateException("the trace cuts a buffer off: " + name);
        }
        return decode(between(arguments.get(argument), '"', '"'));
    }

    /// An argument that is a number.
    long number(int argument) {
        return Long.parseLong(arguments.get(argument));
    }

    private static String between(String text, char first, char last) {
        return text.substring(text.indexOf(first) + 1, text.lastIndexOf(last));
    }

    private static String fileName(String escapedPath) {
        String path = new String(decode(escapedPath), StandardCharsets.UTF_8);
        return String.valueOf(Path.of(path).getFileName());
    }

    private static byte[] decode(String escaped) {
        var bytes = new ByteArrayOutputStream(escaped.length() / HEX_ESCAPE_LENGTH);
        for (int at = 0; at < escaped.length(); at += HEX_ESCAPE_LENGTH) {
            bytes.write(Integer.parseInt(escaped, at + 2, at + HEX_ESCAPE_LENGTH, HEX_RADIX));
        }
        return bytes.toByteArray();
    }
}
