import { describeRefusal } from '../../src/cli/guard-git';

describe('describeRefusal', () => {
  it('lets only a clean tree pass', () => {
    expect(describeRefusal({ kind: 'clean' }, '/shop')).toBeNull();
  });

  it.each([
    [{ kind: 'dirty', files: ['a.js'] }, 'GIT_DIRTY', 'Commit or stash'],
    [{ kind: 'untracked', files: ['a.js'] }, 'GIT_UNTRACKED', '.gitignore'],
    [{ kind: 'no-git' }, 'GIT_MISSING', 'Install git'],
    [{ kind: 'no-repository' }, 'GIT_NO_REPOSITORY', 'git init'],
    [{ kind: 'dubious-ownership' }, 'GIT_DUBIOUS_OWNERSHIP', 'safe.directory /shop'],
    [{ kind: 'failed', message: 'index.lock exists' }, 'GIT_FAILED', 'git status'],
  ] as const)('refuses %j with a code and a next step of its own', (state, code, nextStep) => {
    const refusal = describeRefusal(state, '/shop');
    expect(refusal).toMatchObject({ code, exitCode: 2, nextStep: expect.stringContaining(nextStep) });
  });

  it('bounds the list of files', () => {
    const files = Array.from({ length: 1000 }, (_, index) => `file-${index}.js`);
    expect(describeRefusal({ kind: 'dirty', files }, '/shop')?.message).toMatch(/file-4\.js and 995 more$/);
  });
});
