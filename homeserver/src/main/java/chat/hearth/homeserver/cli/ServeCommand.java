package chat.hearth.homeserver.cli;

import chat.hearth.homeserver.config.HearthConfig;
import chat.hearth.homeserver.config.RegistrationConfig;
import chat.hearth.homeserver.logging.LogSetup;
import java.io.PrintWriter;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `hearth serve`: runs until the process is told to stop, then closes cleanly and exits 0. When
/// the server can write no more until it is started again, the process ends at once with 74.
@Command(name = "serve", description = "Serve until told to stop.", mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
    /// EX_IOERR of sysexits.h.
    private static final int EXIT_DISK = 74;

    private final ServerControl control;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private ConfigFile configFile = new ConfigFile();

    @Option(names = "--rehearse", hidden = true, description = "Start, answer, stop.")
    private boolean rehearse;

    ServeCommand(ServerControl control) {
        this.control = control;
    }

    @Override
    public Integer call() throws InterruptedException {
        HearthConfig config = configFile.load();
        LogSetup.install(config.logging());
        ServerControl.Running server = start(config);
        tell(config, server);
        if (rehearse) {
            Rehearsal.run(server.clientPort());
            server.close();
            return 0;
        }
        CleanStop.onSignal(server);
        server.awaitFailure();
        // As a kill would end it: to close is to write.
        Runtime.getRuntime().halt(EXIT_DISK);
        return EXIT_DISK;
    }

    private ServerControl.Running start(HearthConfig config) {
        try {
            return control.start(config);
        } catch (ServerControl.StartRefusedException refused) {
            throw new CommandFailedException(refused.getMessage());
        }
    }

    /// What a person wants to know first: where it listens, and how to get in.
    private void tell(HearthConfig config, ServerControl.Running server) {
        PrintWriter out = spec.commandLine().getOut();
        out.printf("Hearth %s is %s%n", Version.number(), config.serverName());
        InetAddress clients = config.listeners().client().address();
        out.printf("  for clients    %s%n", address(clients, server.clientPort()));
        InetAddress operators = config.listeners().ops().address();
        server.opsPort()
                .ifPresent(port -> out.printf("  for operators  %s%n", address(operators, port)));
        out.printf("  data in        %s%n", config.dataDirectory().toAbsolutePath().normalize());
        if (config.registration().mode() == RegistrationConfig.Mode.OPEN) {
            out.printf("  accounts       anybody who reaches it may register%n");
        }
        out.printf(
                "The first account: ./hearth user create NAME --admin%s%n",
                configFile.asArguments());
        out.flush();
    }

    private static String address(InetAddress address, int port) {
        String host = address.getHostAddress();
        return "http://" + (address instanceof Inet6Address ? "[" + host + "]" : host) + ":" + port;
    }
}
