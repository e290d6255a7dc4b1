/**
 * Compares the rules of sizing with those of VPA and KRR on a folder of CSV files:
 *
 *     npm run -s backtest -- scripts/backtest/series
 */
import { main } from './main';

process.exitCode = main(process.argv.slice(2), {
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
});
