import type { Command, Option } from 'commander';
import { CommandFailure, WRONG_USAGE } from '../failure';

/** A command as completion sees it. */
interface IVerb {
  /** The words that lead to it, such as `skills check`. */
  readonly path: string;
  readonly words: readonly string[];
}

const SHELLS: Readonly<Record<string, (verbs: readonly IVerb[]) => string>> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript
};

/** `llmos completion bash|zsh|fish`: a script for the shell, made from the commands. */
export function addCompletionCommand(program: Command): void {
  program
    .command('completion')
    .description('Print a script that completes commands and options in a shell.')
    .argument('<shell>', Object.keys(SHELLS).join(', '))
    .addHelpText('after', '\nExample:\n  $ source <(llmos completion bash)')
    .action((shell: string) => {
      const write = SHELLS[shell];
      if (!write) {
        throw new CommandFailure(
          `There is no completion for "${shell}". Use ${Object.keys(SHELLS).join(', ')}.`,
          WRONG_USAGE
        );
      }
      process.stdout.write(write(verbsOf(program, '')));
    });
}

function verbsOf(command: Command, path: string): readonly IVerb[] {
  // Without verbs for other programs, which help does not show either.
  const visible = command.createHelp().visibleCommands(command);
  const inner = visible.filter(each => each.name() !== 'help');
  const flags = [...command.options, HELP].flatMap(flagsOf);
  return [
    { path, words: [...inner.map(each => each.name()), ...flags] },
    ...inner.flatMap(each => verbsOf(each, `${path} ${each.name()}`.trim()))
  ];
}

const HELP: Pick<Option, 'short' | 'long'> = { short: '-h', long: '--help' };

function flagsOf({ short, long }: Pick<Option, 'short' | 'long'>): readonly string[] {
  return [short, long].filter(flag => flag !== undefined && flag !== null);
}

/** Words so far without options choose the command; files where nothing is known. */
function bashScript(verbs: readonly IVerb[]): string {
  return `# llmos completion for bash: source <(llmos completion bash)
_llmos() {
  local current="\${COMP_WORDS[COMP_CWORD]}" path="" word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    [[ $word == -* ]] && continue
    case "\${path:+$path }$word" in
      ${verbs
        .filter(({ path }) => path !== '')
        .map(({ path }) => `"${path}"`)
        .join('|')}) path="\${path:+$path }$word" ;;
    esac
  done
  local words=""
  case "$path" in
${verbs.map(({ path, words }) => `    "${path}") words="${words.join(' ')}" ;;`).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current") $(compgen -f -- "$current"))
}
complete -o filenames -F _llmos llmos
`;
}

/** zsh runs scripts for bash through its own emulation of them. */
function zshScript(verbs: readonly IVerb[]): string {
  return `#compdef llmos
# llmos completion for zsh: source <(llmos completion zsh)
autoload -U +X bashcompinit && bashcompinit
${bashScript(verbs)}`;
}

function fishScript(verbs: readonly IVerb[]): string {
  const lines = verbs.flatMap(({ path, words }) =>
    words.map(word => {
      const seen = path.split(' ').filter(part => part !== '');
      const condition =
        seen.length === 0
          ? '__fish_use_subcommand'
          : seen.map(part => `__fish_seen_subcommand_from ${part}`).join('; and ');
      const what = word.startsWith('--')
        ? `-l ${word.slice(2)}`
        : word.startsWith('-')
          ? `-s ${word.slice(1)}`
          : `-a ${word}`;
      return `complete -c llmos -n '${condition}' ${what}`;
    })
  );
  return `# llmos completion for fish: llmos completion fish | source\n${lines.join('\n')}\n`;
}
