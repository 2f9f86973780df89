package chat.hearth.homeserver;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Runs a class of tests once on each [TestedDatabase], each time with one instance for all tests.
/// The database is given to a field with [org.junit.jupiter.params.Parameter], before the methods
/// that come before each run.
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedClass
@EnumSource(TestedDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public @interface OnBothDatabases {}
