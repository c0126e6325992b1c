const SCRIPT = String.raw`(?:\.[\w-]+)*\.[cm]?[jt]s`;
const BUNDLERS = 'webpack|rspack|rsbuild|rollup|rolldown|esbuild|tsup|tsdown|unbuild|vite|vitest|parcel|metro|babel';
const FRAMEWORKS = 'next|nuxt|remix|astro|svelte|vue|craco|quasar|gatsby|sst';
const TESTS = 'jest|protractor|karma|ava|playwright|cypress';

/** Files that tell a tool about packages by their names: bundlers, test runners, linters, bots, package managers, images. */
export const toolFiles = new RegExp(
  [
    `(?:^|/)[\\w-]*(?:${BUNDLERS})${SCRIPT}$`,
    `(?:^|/)(?:${FRAMEWORKS}|${TESTS})\\.conf(?:ig)?${SCRIPT}$|(?:^|/)(?:gatsby-node|serverless)\\.[cm]?[jt]s$`,
    String.raw`(?:^|/)(?:eslint|knip|lint-staged|commitlint|syncpack|depcheck|renovate)\.config\.[cm]?[jt]s$`,
    String.raw`(?:^|/)\.(?:eslintrc|babelrc|swcrc|depcheckrc|ncurc|renovaterc|mocharc|nycrc|syncpackrc)(?:\.(?:json5?|ya?ml|[cm]?js))?$`,
    String.raw`(?:^|/)(?:jest|babel|angular|project|nest-cli|renovate|deno|knip|tsconfig[\w.-]*|jsconfig|vercel|now|electron-builder|import[-_]?map|serverless|template|sam|samconfig|dependabot|lerna|nx)\.(?:jsonc?|json5|ya?ml|toml)$`,
    String.raw`(?:^|/)(?:\.pnpmfile\.c?js|pnpmfile\.c?js|pnpm-workspace\.yaml|\.yarnrc\.yml|[\w.-]*Dockerfile[\w.-]*|\.dockerignore)$`,
  ].join('|'),
);

/** Properties and functions of such tools, by which a script of another name is told: `build({ external: ['x'] })`. */
export const packageProperties =
  /^(?:externals?|noExternal|external(?:Modules|Dependencies|s?Presets)|nodeModules|nodeExternals|allowlist|whitelist|forceInclude|includeModules|optimizeDeps|serverComponentsExternalPackages|serverExternalPackages|transpilePackages|moduleNameMapper|transformIgnorePatterns|modulePathIgnorePatterns|unmockedModulePathPatterns|ProvidePlugin|IgnorePlugin|DllPlugin|NormalModuleReplacementPlugin|allowedCommonJsDependencies|ignoreDependencies|bundledDependencies|bundleDependencies)$/;

/** `patches/amazon-payments+0.2.9.patch` of patch-package, and those of pnpm and yarn. */
export const patchFile = /(?:^|\/)((?:@[\w.-]+[+/])?[\w.-]+?)(?:\+|@|-npm-)\d[\w.+-]*\.patch$/;

/** Members of package.json that say nothing to a tool, or are looked at by themselves. */
export const manifestOwn: ReadonlySet<string> = new Set([
  ...['name', 'version', 'description', 'keywords', 'homepage', 'bugs', 'repository', 'author', 'contributors'],
  ...['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies', 'overrides', 'resolutions'],
  ...['bundleDependencies', 'bundledDependencies', 'peerDependenciesMeta', 'dependenciesMeta'],
]);
