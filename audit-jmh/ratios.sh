#!/bin/sh
# The short form of all benchmarks: one line per goal, met or missed. Under 30 minutes on two cores.
#   audit-jmh/ratios.sh [--rounds N] [--only REGEXP] [--results DIRECTORY]
# With --only the real database is left out. AUDIT_CORPUS names the directory of statements for the analyser.
set -eu
cd "$(dirname "$0")/.."
jar=audit-jmh/target/benchmarks.jar
./mvnw -B -q -pl audit-jmh -am package -DskipTests
corpus=${AUDIT_CORPUS:-../shared/corpus}
[ -d "$corpus" ] || corpus=
java ${corpus:+-Dcorpus="$corpus"} -cp "$jar" dev.afterimage.jmh.ratio.Ratios "$@"
case " $* " in
    *" --only "*) ;;
    *) java -cp "$jar" dev.afterimage.jmh.tpcb.TpcbBenchmark --short ;;
esac
