import type { Command } from 'commander';
import type { ExitCode } from '../exit-code';
import { planCommand } from './plan-command';

/** `golden-path game-day`, which is nothing without one of its commands. */
export function gameDayCommand(program: Command, end: (code: ExitCode) => void): void {
  const command = program
    .command('game-day')
    .description('put what an application claims to the test')
    .enablePositionalOptions();
  planCommand(command, end);
}
