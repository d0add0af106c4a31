package dev.afterimage.jmh.driver;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.modifier.ModifierContributor;
import net.bytebuddy.description.modifier.TypeManifestation;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.StubMethod;
import net.bytebuddy.matcher.ElementMatchers;

/**
 * Finishes the classes of the driver: what they leave open answers null, zero or false. The results are final classes of
 * plain bytecode, as if somebody had written the three hundred empty methods: no reflection is left in a call.
 */
final class Idle {

    private static final MethodHandles.Lookup HERE = MethodHandles.lookup();

    private Idle() {}

    /** The constructor of the finished class; keep it in a static final field, then it costs what {@code new} costs. */
    static MethodHandle constructorOf(Class<?> unfinished, Class<?> answered, Class<?>... arguments) {
        ModifierContributor.ForType[] modifiers = {Visibility.PACKAGE_PRIVATE, TypeManifestation.FINAL};
        Class<?> finished = new ByteBuddy()
                .subclass(unfinished)
                .modifiers(modifiers)
                .name(unfinished.getName() + "Finished")
                .method(ElementMatchers.isAbstract())
                .intercept(StubMethod.INSTANCE)
                .make()
                .load(unfinished.getClassLoader(), ClassLoadingStrategy.UsingLookup.of(HERE))
                .getLoaded();
        try {
            return HERE.findConstructor(finished, MethodType.methodType(void.class, arguments))
                    .asType(MethodType.methodType(answered, arguments));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(finished + " has no such constructor", e);
        }
    }

    /** What a constructor may throw, it does not: the classes here are empty. */
    static IllegalStateException impossible(Throwable t) {
        return new IllegalStateException("A class of the idle driver cannot be made", t);
    }
}
