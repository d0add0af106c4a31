/** What feeds the background thread and what stands at its end, so that nothing but the thread itself is measured. */
package dev.afterimage.jmh.pipeline;
