#!/usr/bin/env bash
# The quick start: real servers, an audited application, and its trail compared with what the database committed.
#
#   samples/quickstart/run.sh [--keep] [--h2] [--undo]
#
#   --keep  leave the servers up at the end, and say how to connect; Ctrl-C stops them
#   --h2    use H2 instead of PostgreSQL
#   --undo  another story: rows that a migration deleted are put back from the trail
#
# Needs a JDK, 17 or newer. Exits with 0 only if the trail is exact.
set -euo pipefail
cd "$(dirname "$0")/../.."

jar=samples/quickstart/target/quickstart-0.1.0-SNAPSHOT.jar
server=audit-server/target/audit-server.jar
work=
program=

# In the background, so that a signal is answered at once: bash lets a program in the foreground finish first.
run() {
    local status=0
    "$@" &
    program=$!
    wait "$program" || status=$?
    program=
    return "$status"
}

stop() {
    if [ -n "$program" ]; then
        kill -TERM "$program" 2>/dev/null || true
        wait "$program" 2>/dev/null || true
    fi
    if [ -n "$work" ]; then
        rm -rf "$work"
    fi
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

up_to_date() {
    [ -f "$jar" ] && [ -f "$server" ] && [ -d samples/quickstart/target/lib ] &&
        [ -z "$(find pom.xml audit-core audit-jdbc audit-kafka audit-server samples \
            -name target -prune -o -type f \( -path '*/src/*' -o -name pom.xml \) -newer "$jar" -print | head -1)" ]
}

if ! up_to_date; then
    echo "Building (the first time this downloads libraries and takes some minutes) ..."
    run ./mvnw -q -B -pl samples/quickstart -am -DskipTests package
    touch "$jar"
fi

# All files of all servers are in here.
work=$(mktemp -d "${TMPDIR:-/tmp}/afterimage-XXXXXX")
run "${JAVA_HOME:+$JAVA_HOME/bin/}java" -Xmx512m -Djava.io.tmpdir="$work" \
    -cp "$jar:samples/quickstart/target/lib/*" dev.afterimage.samples.quickstart.QuickStart "$server" "$@"
