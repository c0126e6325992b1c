/** Shells, images and builds. */
const SCRIPTS = String.raw`\.(?:sh|bash|zsh|ksh|fish|psm?1|bat|cmd|dockerfile|mk)$|(?:^|\/)(?:[\w.-]*(?:Dockerfile|Containerfile)[\w.-]*|(?:GNU)?[Mm]akefile|[Jj]ustfile|Jenkinsfile[\w.-]*|Vagrantfile|Procfile|Earthfile|\.envrc)$`;
/** Folders whose files are mostly scripts without an ending. */
const FOLDERS = String.raw`(?:^|\/)(?:bin|scripts?|ci|deploy|hooks|\.husky|\.githooks|\.buildkite)\/[\w-]+$`;
/** Pipelines of continuous integration, and what brings containers and machines up. */
const PIPELINES = [
  String.raw`(?:^|\/)\.(?:github|gitea|forgejo|gitlab|circleci|semaphore|woodpecker|buildkite|azure-pipelines)\/[^\n]+\.ya?ml$`,
  String.raw`(?:^|\/)action\.ya?ml$`,
  String.raw`(?:^|\/)[\w.-]*(?:gitlab-ci|pipelines?|travis|appveyor|drone|woodpecker|buildspec|appspec|cloudbuild|compose|gitpod|cirrus|codemagic|wercker|Taskfile|cloud-init|user-data|playbook)[\w.-]*\.ya?ml$`,
].join('|');

/** Files of commands that are searched for the names of packages of any language. */
export const scriptFiles = new RegExp(`${SCRIPTS}|${FOLDERS}|${PIPELINES}`, 'i');

/** Any YAML may be a pipeline, and a list of packages may have scripts; what else holds commands says so in its first line. */
const MAYBE = /\.ya?ml$|(?:^|\/)(?:package|composer)\.json$/i;

/** Whether a file may hold commands of a shell. */
export const mayHoldCommands = (path: string, text: string): boolean =>
  scriptFiles.test(path) || MAYBE.test(path) || (!/\.[^/]*$/.test(path) && text.startsWith('#!'));
