const SCRIPT = String.raw`(?:\.[\w-]+)*\.[cm]?[jt]s`;
const BUNDLERS = 'webpack|rspack|rsbuild|rollup|rolldown|esbuild|tsup|tsdown|unbuild|vite|vitest|parcel|metro|babel';
const FRAMEWORKS = 'next|nuxt|remix|astro|svelte|vue|craco|quasar|gatsby';
const TESTS = 'jest|protractor|karma|ava|playwright|cypress';

/** Files that tell a tool about packages by their names: bundlers, test runners, linters, bots, package managers. */
export const toolFiles = new RegExp(
  [
    `(?:^|/)[\\w-]*(?:${BUNDLERS})${SCRIPT}$`,
    `(?:^|/)(?:${FRAMEWORKS}|${TESTS})\\.conf(?:ig)?${SCRIPT}$|(?:^|/)gatsby-node\\.[cm]?[jt]s$`,
    String.raw`(?:^|/)(?:eslint|knip|lint-staged|commitlint|syncpack|depcheck|renovate)\.config\.[cm]?[jt]s$`,
    String.raw`(?:^|/)\.(?:eslintrc|babelrc|swcrc|depcheckrc|ncurc|renovaterc|mocharc|nycrc|syncpackrc)(?:\.(?:json5?|ya?ml|[cm]?js))?$`,
    String.raw`(?:^|/)(?:jest|babel|renovate|deno|knip|tsconfig[\w.-]*|jsconfig|import[-_]?map|dependabot)\.(?:jsonc?|json5|ya?ml|toml)$`,
    String.raw`(?:^|/)(?:\.pnpmfile\.c?js|pnpmfile\.c?js|pnpm-workspace\.yaml|\.yarnrc\.yml)$`,
  ].join('|'),
);

/** Files of deployment and of workspaces: they name services and projects, and packages only below a property of those. */
export const deploymentFiles = new RegExp(
  String.raw`(?:^|/)(?:angular|project|nest-cli|vercel|now|electron-builder|serverless|template|sam|samconfig|lerna|nx)\.(?:jsonc?|json5|ya?ml|toml|[cm]?[jt]s)$|(?:^|/)sst\.config\.[cm]?[jt]s$`,
);

/** Images: what is installed in them is listed as a command. */
export const imageFiles = /(?:^|\/)(?:[\w.-]*Dockerfile[\w.-]*|\.dockerignore)$/;

/** Properties and functions of tools, by which a script of another name is told: `unmockedModulePathPatterns: ['x']`. */
export const packageProperties =
  /^(?:noExternal|external(?:Modules|Dependencies|s?Presets)|nodeExternals|forceInclude|optimizeDeps|serverComponentsExternalPackages|serverExternalPackages|transpilePackages|moduleNameMapper|transformIgnorePatterns|modulePathIgnorePatterns|unmockedModulePathPatterns|ProvidePlugin|IgnorePlugin|DllPlugin|NormalModuleReplacementPlugin|allowedCommonJsDependencies|ignoreDependencies|bundledDependencies|bundleDependencies)$/;

/** Properties that a shop may have for its own things as well, and those of CloudFormation. */
export const commonProperties =
  /^(?:[Ee]xternals?|allow[lL]ist|white[lL]ist|nodeModules|includeModules|exclude(?:Modules)?)$/;

/** What a script with such a property has when it bundles. */
export const bundles = new RegExp(
  String.raw`['"](?:[\w@./-]*[/-])?(?:${BUNDLERS}|gulp|grunt|aws-cdk-lib|nx|sst)(?:[/-][\w@./-]*)?['"]|\b(?:bundle: ?true|bundling|entryPoints|outfile|outdir|libraryTarget|rollupOptions)\b`,
);

/** Keys whose value is the name of the project or of a thing of its own. */
export const ownNames =
  /(?<![\w.-])(?:name|displayName|service(?:Name)?|title|id|app(?:Name)?|project(?:Name)?|stack(?:Name)?|library|tags?|label|description)['"]?\s*[:=]\s*['"`]?$/i;

const PACKAGE_TOOLS =
  'ncc|browserify|watchify|microbundle|bunchee|pkg|ncu|npm-check(?:-updates)?|depcheck|knip|patch-package';
const ABOUT_PACKAGES = 'un\\w+|remove|rm|rebuild|up|update|upgrade|link|explore|why|ls|list|outdated|view|info|show';

/** What stands before a package in a command that does something with it; other commands name apps, images, folders. */
export const packageCommand = new RegExp(
  String.raw`node_modules/$|--[\w-]*(?:external|exclude|ignore)[\w-]*[:=\s][^;&|]*$|(?:^|[\s;&|/"'])(?:(?:${PACKAGE_TOOLS}|esbuild|rollup|webpack|tsup|tsdown|parcel)|(?:npm|pnpm|yarn|bun)\s+(?:${ABOUT_PACKAGES}))\s[^;&|]*$`,
);

/** `patches/amazon-payments+0.2.9.patch` of patch-package, and those of pnpm and yarn. */
export const patchFile = /(?:^|\/)((?:@[\w.-]+[+/])?[\w.-]+?)(?:\+|@|-npm-)\d[\w.+-]*\.patch$/;

/** Members of package.json that say nothing to a tool, or are looked at by themselves. */
export const manifestOwn: ReadonlySet<string> = new Set([
  ...['name', 'version', 'description', 'keywords', 'homepage', 'bugs', 'repository', 'author', 'contributors'],
  ...[
    'main',
    'module',
    'types',
    'bin',
    'man',
    'files',
    'directories',
    'workspaces',
    'config',
    'publishConfig',
    'funding',
  ],
  ...['dependencies', 'devDependencies', 'peerDependencies', 'optionalDependencies', 'overrides', 'resolutions'],
  ...['bundleDependencies', 'bundledDependencies', 'peerDependenciesMeta', 'dependenciesMeta'],
]);
