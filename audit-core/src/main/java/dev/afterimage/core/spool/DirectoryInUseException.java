package dev.afterimage.core.spool;

import java.io.IOException;

/** Another process, or another trail in this one, has the directory. */
public final class DirectoryInUseException extends IOException {

    private static final long serialVersionUID = 1;

    DirectoryInUseException() {
        super("another process, or another trail in this one, uses it");
    }
}
