package org.mephisto.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mephisto.spi.error.ErrorCode;
import org.mephisto.spi.error.MephistoException;
import org.mephisto.spi.json.Json;

/**
 * What a process takes of the machine. Immutable.
 *
 * @param residentKib its memory as the system counts it, in KiB
 * @param heapKib what of the heap is in use, garbage included
 * @param cpuSeconds the processor time that it has had since it began
 */
record Figures(long residentKib, long heapKib, double cpuSeconds) {
    private static final long KIB = 1024;
    private static final String RESIDENT = "VmRSS:";

    /** Of this process. */
    static Figures read() {
        long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / KIB;
        double cpu =
                ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean bean
                        ? bean.getProcessCpuTime() / RoundResult.NANOS_PER_SECOND
                        : 0;
        return new Figures(readResidentKib(), heap, cpu);
    }

    private static long readResidentKib() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith(RESIDENT))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new MephistoException(
                    ErrorCode.UNAVAILABLE,
                    "This system does not say in \"/proc/self/status\" how much memory a process has; measure on Linux.",
                    e);
        }
    }

    ObjectNode toJson() {
        return Json.object()
                .put("resident_kib", residentKib)
                .put("heap_kib", heapKib)
                .put("cpu_seconds", cpuSeconds);
    }

    static Figures fromJson(JsonNode json) {
        return new Figures(
                json.path("resident_kib").asLong(),
                json.path("heap_kib").asLong(),
                json.path("cpu_seconds").asDouble());
    }
}
