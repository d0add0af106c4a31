#!/bin/sh
# The short form of all benchmarks: one line per goal, met or missed. Under 30 minutes on two cores.
#   audit-jmh/ratios.sh [--rounds N] [--only REGEXP] [--results DIRECTORY]
set -eu
cd "$(dirname "$0")/.."
jar=audit-jmh/target/benchmarks.jar
if [ ! -f "$jar" ]; then
    ./mvnw -B -q -pl audit-jmh -am package -DskipTests
fi
exec java -cp "$jar" dev.afterimage.jmh.ratio.Ratios "$@"
