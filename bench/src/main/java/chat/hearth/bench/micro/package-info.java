/// JMH benchmarks of code that needs no server. The workloads run them.
@NullMarked
package chat.hearth.bench.micro;

import org.jspecify.annotations.NullMarked;
