/// One class for each workload of docs/performance.md.
@NullMarked
package chat.hearth.bench.workload;

import org.jspecify.annotations.NullMarked;
