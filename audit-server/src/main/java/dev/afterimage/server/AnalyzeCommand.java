package dev.afterimage.server;

import dev.afterimage.jdbc.sql.SqlDialect;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code afterimage analyze}: see {@link StatementAnswers}. */
@Command(
        name = "analyze",
        description =
                "Shows how a statement is understood. Without STATEMENT it reads JSON lines {\"id\", \"sql\"} from"
                        + " standard input and answers each with one.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class AnalyzeCommand implements Callable<Integer> {

    @Option(
            names = "--dialect",
            required = true,
            paramLabel = "NAME",
            converter = DialectName.class,
            description = "postgresql, mysql, h2, oracle, tsql or ansi")
    private SqlDialect dialect;

    @Parameters(arity = "0..1", paramLabel = "STATEMENT")
    private @Nullable String statement;

    static final class DialectName implements ITypeConverter<SqlDialect> {
        @Override
        public SqlDialect convert(String name) {
            try {
                return StatementAnswers.dialect(name);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    @Override
    public Integer call() throws IOException {
        // JSON is UTF-8 wherever this runs; a buffer, since System.out would flush each of a million lines.
        try (PrintStream out = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16),
                false,
                StandardCharsets.UTF_8)) {
            StatementAnswers answers = new StatementAnswers(dialect, out);
            if (statement == null) {
                answers.lines(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
            } else {
                answers.statement(statement);
            }
        }
        return ExitCode.OK;
    }
}
