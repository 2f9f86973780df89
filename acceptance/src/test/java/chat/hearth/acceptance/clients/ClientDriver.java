package chat.hearth.acceptance.clients;

import chat.hearth.protocol.json.JsonObject;
import chat.hearth.protocol.json.JsonReader;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// A client of another project in a process of its own, told what to do verb by verb.
final class ClientDriver implements AutoCloseable {

    private final String name;
    private final Process process;
    private final BufferedWriter commands;
    private final BufferedReader answers;

    private ClientDriver(String name, Path directory, List<String> command) throws IOException {
        this.name = name;
        this.process =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectError(directory.resolve(name + ".log").toFile())
                        .start();
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /// matrix-js-sdk against `url`.
    static ClientDriver javaScript(ClientTools tools, String url) throws IOException {
        List<String> command = List.of(tools.node().toString(), "js-client.mjs", url);
        return new ClientDriver("matrix-js-sdk", tools.directory(), command);
    }

    /// matrix-nio against `url`.
    static ClientDriver nio(ClientTools tools, String url) throws IOException {
        List<String> command = List.of(tools.python().toString(), "nio-client.py", url);
        return new ClientDriver("matrix-nio", tools.directory(), command);
    }

    /// Does one thing.
    ///
    /// @throws AssertionError when the client could not do it
    JsonObject call(String verb, JsonObject args) throws IOException {
        JsonObject command = JsonObject.builder().put("verb", verb).put("args", args).build();
        commands.write(command + "\n");
        commands.flush();
        String line = answers.readLine();
        if (line == null) {
            throw new AssertionError(name + " ended during " + verb);
        }
        JsonObject answer = JsonReader.readObject(line);
        return answer.object("ok")
                .orElseThrow(
                        () ->
                                new AssertionError(
                                        name + " " + command + ": " + answer.string("error")));
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public String toString() {
        return name;
    }
}
