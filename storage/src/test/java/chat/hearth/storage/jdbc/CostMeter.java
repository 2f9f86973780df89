package chat.hearth.storage.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Stands before a connection and notes what each statement costs that runs on it.
abstract class CostMeter {
    /// What running a statement has cost, by its text. A statement that ran several times has the
    /// sum.
    private Map<String, Cost> costs = new LinkedHashMap<>();

    /// The statements whose results are being read, the one that began last on top.
    private final Deque<String> running = new ArrayDeque<>();

    /// What a statement has cost.
    ///
    /// @param work how much was looked at: steps or rows
    /// @param pages how many pages were touched, 0 where nobody knows
    /// @param results how many rows it gave or changed
    /// @param plan how it was done, as the database says
    record Cost(long work, long pages, long results, String plan) {
        static final Cost NONE = new Cost(0, 0, 0, "");

        /// The figures without the plan.
        String counts() {
            return "%d looked at, %d pages, %d results".formatted(work, pages, results);
        }

        @Override
        public String toString() {
            return counts() + (plan.isEmpty() ? "" : "\n" + plan);
        }

        Cost plus(Cost more) {
            return new Cost(
                    work + more.work,
                    pages + more.pages,
                    results + more.results,
                    more.plan.isEmpty() ? plan : more.plan);
        }
    }

    /// Called before a statement runs.
    ///
    /// @param parameters the statement's parameters as literals
    /// @return what is known of its cost by now
    abstract Cost before(Connection real, String text, List<String> parameters) throws SQLException;

    /// Called when a statement is done, or is interrupted by another.
    ///
    /// @return what has happened since this was last called
    abstract Cost since();

    /// The costs of all statements that ran since this was last asked.
    final Map<String, Cost> take() {
        Map<String, Cost> taken = costs;
        costs = new LinkedHashMap<>();
        return taken;
    }

    /// A connection whose statements are noted.
    final Connection over(Connection real) {
        return proxy(
                Connection.class,
                (_, method, arguments) ->
                        method.getName().equals("prepareStatement")
                                ? statement(
                                        real,
                                        (String) arguments[0],
                                        (PreparedStatement) invoke(real, method, arguments))
                                : invoke(real, method, arguments));
    }

    private PreparedStatement statement(Connection real, String text, PreparedStatement statement) {
        List<String> parameters = new ArrayList<>();
        return proxy(
                PreparedStatement.class,
                (_, method, arguments) -> {
                    String name = method.getName();
                    if (name.startsWith("set") && arguments.length == 2) {
                        int index = (int) arguments[0];
                        while (parameters.size() < index) {
                            parameters.add("NULL");
                        }
                        parameters.set(
                                index - 1, name.equals("setNull") ? "NULL" : literal(arguments[1]));
                    }
                    if (!name.startsWith("execute")) {
                        return invoke(statement, method, arguments);
                    }
                    settle();
                    add(text, before(real, text, parameters));
                    running.push(text);
                    return counted(text, invoke(statement, method, arguments));
                });
    }

    private @Nullable Object counted(String text, @Nullable Object answer) {
        return switch (answer) {
            case ResultSet rows ->
                    proxy(
                            ResultSet.class,
                            (_, method, arguments) -> {
                                Object value = invoke(rows, method, arguments);
                                if (method.getName().equals("next") && Boolean.TRUE.equals(value)) {
                                    add(text, new Cost(0, 0, 1, ""));
                                }
                                if (method.getName().equals("close")) {
                                    end();
                                }
                                return value;
                            });
            case Integer changed -> {
                add(text, new Cost(0, 0, changed, ""));
                end();
                yield changed;
            }
            case null, default -> {
                end();
                yield answer;
            }
        };
    }

    private void end() {
        settle();
        running.pop();
    }

    private void settle() {
        Cost since = since();
        if (!running.isEmpty()) {
            add(running.peek(), since);
        }
    }

    private void add(String text, Cost more) {
        costs.merge(text, more, Cost::plus);
    }

    private static String literal(Object value) {
        return switch (value) {
            case byte[] bytes -> "'\\x" + HexFormat.of().formatHex(bytes) + "'::bytea";
            case long[] numbers ->
                    LongStream.of(numbers)
                            .mapToObj(String::valueOf)
                            .collect(Collectors.joining(",", "'{", "}'::bigint[]"));
            case Long number -> "'" + number + "'::bigint";
            default -> "'" + value.toString().replace("'", "''") + "'::varchar";
        };
    }

    private static Object invoke(Object target, java.lang.reflect.Method method, Object[] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(
                        CostMeter.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
