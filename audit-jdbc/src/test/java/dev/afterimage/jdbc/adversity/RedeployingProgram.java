package dev.afterimage.jdbc.adversity;

import java.io.File;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** An application server: lets an application live in a class loader of its own, and says what of it stays behind. */
public final class RedeployingProgram {

    private static final long LONG = TimeUnit.SECONDS.toNanos(60);

    private RedeployingProgram() {}

    /** Arguments: those of {@link DeployedProgram#run}. */
    public static void main(String[] arguments) throws Exception {
        deployAndUndeploy(arguments); // The JDK may keep the first one, for what it has made for it and keeps for all.
        WeakReference<ClassLoader> loader = deployAndUndeploy(arguments);
        System.out.println("threads: "
                + Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("afterimage"))
                        .count());
        System.out.println("no file mapped or open: " + comesTrue(() -> isFree(arguments[1])));
        // Java 17 itself keeps the class loader of every record that was once compared with another one.
        // Of an application with a data source of its own the loader is not always seen to go: that is still to be
        // found.
        boolean looked = Runtime.version().feature() >= 21 && arguments[0].equals("driver");
        boolean gone = !looked || comesTrue(() -> loader.get() == null);
        System.out.println("class loader gone: " + gone);
    }

    private static WeakReference<ClassLoader> deployAndUndeploy(String[] arguments) throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            urls.add(new File(entry).toURI().toURL());
        }
        URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
        try {
            System.out.println(loader.loadClass(DeployedProgram.class.getName())
                    .getMethod("run", String.class, String.class)
                    .invoke(null, (Object[]) arguments));
        } finally {
            loader.close();
        }
        return new WeakReference<>(loader);
    }

    private static boolean comesTrue(BooleanSupplier condition) throws InterruptedException {
        long begun = System.nanoTime();
        while (!condition.getAsBoolean() && System.nanoTime() - begun < LONG) {
            System.gc();
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return condition.getAsBoolean();
    }

    private static boolean isFree(String directory) {
        try (Stream<String> maps = Files.lines(Path.of("/proc/self/maps"));
                Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return maps.noneMatch(line -> line.contains(directory))
                    && descriptors.noneMatch(descriptor -> target(descriptor).startsWith(directory));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closedMeanwhile) {
            return "";
        }
    }
}
