package chat.hearth.homeserver.cli;

import chat.hearth.homeserver.Hearth;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

/// `hearth serve`: runs until the process is told to stop, then closes cleanly.
@Command(name = "serve", description = "Serve until told to stop.")
final class ServeCommand implements Callable<Integer> {
    @Override
    public Integer call() throws InterruptedException {
        Hearth hearth = Hearth.start();
        Runtime.getRuntime().addShutdownHook(new Thread(hearth::close, "hearth-shutdown"));
        System.out.println("Hearth listens on http://127.0.0.1:" + hearth.clientPort());
        new CountDownLatch(1).await();
        return 0;
    }
}
