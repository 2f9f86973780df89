package chat.hearth.homeserver.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What a person needs to know about one option, or one section, of the configuration.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Option {
    /// What it is for and what changes with it, for the person who runs a server.
    String value();

    /// The default, written as in the file; a list is written with commas. Empty: none.
    String fallback() default "";

    /// Of a section that several places share: defaults for this place, as `key=value`.
    String[] defaults() default {};

    /// The smallest value allowed; of durations in milliseconds.
    long min() default Long.MIN_VALUE;

    /// The largest value allowed; of durations in milliseconds.
    long max() default Long.MAX_VALUE;
}
