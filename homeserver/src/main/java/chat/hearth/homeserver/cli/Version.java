package chat.hearth.homeserver.cli;

import picocli.CommandLine.IVersionProvider;

/// The version that the build wrote into the jar's manifest; `development` when run from classes.
public final class Version implements IVersionProvider {
    /// For picocli, which makes it by reflection.
    public Version() {}

    /// The bare version number.
    public static String number() {
        String built = Version.class.getPackage().getImplementationVersion();
        return built == null ? "development" : built;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"Hearth " + number(), "Java " + Runtime.version()};
    }
}
