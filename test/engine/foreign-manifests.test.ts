import { codemodList } from '../../src/engine/codemod-list';
import { run } from './fake-codemods';
import { createFolder, removeFolders } from './project-folder';

afterEach(removeFolders);

/** What stands in a list of packages, and the lines that are to be found in it. */
type Case = readonly [path: string, text: string, lines: readonly number[]];

/** Every file is a project of its own, so that nothing beside it speaks for it. */
async function linesOf(cases: readonly Case[]): Promise<(readonly number[])[]> {
  const files = Object.fromEntries(cases.map(([path, text], index) => [`p${index}/${path}`, text]));
  const { run: report } = await run(createFolder(files), codemodList, {});
  return cases.map((_, index) =>
    report.findings.filter(({ file }) => file.startsWith(`p${index}/`)).map(({ range }) => range.start.line),
  );
}

const hint = (path: string): string => `<HintPath>${path}</HintPath>`;
const reference = (include: string, inner: string): string =>
  `<Project>\n<Reference Include="${include}">\n${inner}\n</Reference>\n</Project>\n`;

const found: readonly Case[] = [
  // NuGet, assemblies, Paket
  ['Shop.csproj', reference('PayWithAmazon', hint('..\\lib\\PayWithAmazon.dll')), [2]],
  ['Shop.csproj', reference('OffAmazonPaymentsService, Version=1.0.0.0', '<Private>True</Private>'), [2]],
  ['Shop.csproj', reference('Pay', hint('..\\lib\\PayWithAmazon.dll')), [2]],
  ['Shop.csproj', reference('AmazonPay, Version=3.9.2.0', hint('..\\packages\\AmazonPay.3.9.2\\AmazonPay.dll')), [2]],
  ['Shop.vbproj', '<PackageReference Version="3.9.2"\n  Include="AmazonPay" />\n', [1]],
  ['Shop.fsproj', "<PackageReference Include='AmazonPay' />\n", [1]],
  ['Directory.Packages.props', '<PackageVersion Include="AmazonPay" Version="3.9.2" />\n', [1]],
  ['Directory.Build.props', '<PackageReference Update="AmazonPay" Version="3.9.2" />\n', [1]],
  ['packages.config', '<packages>\n<package version="3.9.2" id="AmazonPay" />\n</packages>\n', [2]],
  ['Shop.nuspec', '<dependency id="AmazonPay" version="3.9.2" />\n', [1]],
  ['paket.dependencies', 'source https://example.com/index.json\nnuget AmazonPay ~> 3.9\n', [2]],
  ['packages.lock.json', '{"dependencies": {"net8.0": {\n"AmazonPay": {"type": "Transitive"}}}}\n', [2]],
  // Maven, Gradle
  [
    'pom.xml',
    '<groupId>com.amazon.pay</groupId>\n<artifactId>amazon-pay-java-sdk</artifactId>\n<version>${pay}</version>',
    [1],
  ],
  [
    'pom.xml',
    '<dependency>\n<artifactId>amazon-pay-java-sdk</artifactId>\n<groupId>com.amazon.pay</groupId>\n</dependency>',
    [2],
  ],
  ['pom.xml', '<groupId>${pay.group}</groupId>\n<artifactId>amazon-pay-java-sdk</artifactId>\n', [1]],
  ['pom.xml', '<groupId>own</groupId>\n<systemPath>${basedir}/lib/amazon-pay-3.7.0.jar</systemPath>\n', [2]],
  [
    'gradle/libs.versions.toml',
    '[libraries]\npay = { module = "com.amazon.pay:amazon-pay-java-sdk", version.ref = "pay" }\n',
    [2],
  ],
  ['gradle/libs.versions.toml', '[libraries]\npay = { name = "amazon-pay-java-sdk", group = "com.amazon.pay" }\n', [2]],
  ['gradle/libs.versions.toml', '[libraries]\npay = "com.amazon.pay:amazon-pay-java-sdk:3.7.1"\n', [2]],
  ['build.gradle', "implementation group: 'com.amazon.pay', name: 'amazon-pay-java-sdk', version: '3.7.1'\n", [1]],
  ['build.gradle', "implementation files('libs/amazon-pay-3.7.0.jar')\n", [1]],
  ['gradle.lockfile', 'com.amazon.pay:amazon-pay-java-sdk:3.7.1=compileClasspath\n', [1]],
  ['build.sbt', 'libraryDependencies += "com.amazon.pay" % "amazon-pay-java-sdk" % "3.7.1"\n', [1]],
  ['ivy.xml', '<dependency org="com.amazon.pay" name="amazon-pay-java-sdk" rev="3.7.1"/>\n', [1]],
  // Bundler
  ['Gemfile.lock', 'GEM\n  specs:\n    amazon_pay (2.6.1)\n\nDEPENDENCIES\n  amazon_pay\n', [3]],
  ['gemfiles/rails.gemfile', "gem 'pay_with_amazon', '1.1.0'\n", [1]],
  ['gems.rb', 'gem "amazon_pay"\n', [1]],
  ['shop.gemspec', "spec.add_dependency 'amazon_pay', '~> 2.6'\n", [1]],
  // pip, Poetry, Pipenv
  ['requirements.txt', 'amazon_pay[ipn]==2.7.1 \\\n  --hash=sha256:00\n', [1]],
  ['requirements/base.in', '# pay\namazon-pay~=2.7; python_version < "4"\n', [2]],
  ['constraints.txt', 'amazon-pay==2.7.1\n', [1]],
  ['requirements.txt', '-e git+https://github.com/amzn/amazon-pay-sdk-python.git@v2#egg=pay\n', [1]],
  ['requirements.txt', 'amazon_pay @ https://example.com/amazon_pay.whl\n', [1]],
  ['setup.cfg', '[options]\ninstall_requires =\n    django\n    amazon_pay>=2\n', [4]],
  ['tox.ini', '[testenv]\ndeps =\n    amazon_pay\n', [3]],
  ['setup.py', "setup(name='shop', install_requires=['django', 'amazon_pay>=2.7'])\n", [1]],
  ['pyproject.toml', '[project.optional-dependencies]\npay = ["amazon_pay"]\n', [2]],
  [
    'pyproject.toml',
    '[tool.poetry.dependencies]\npython = "^3"\namazon-pay = { version = "^2.7", extras = ["a"] }\n',
    [3],
  ],
  ['pyproject.toml', '[tool.poetry.group.dev.dependencies.amazon-pay]\nversion = "^2.7"\n', [1]],
  ['pyproject.toml', '[project]\ndependencies = [\n  "django",\n  # "amazon_pay",\n  "amazon_pay",\n]\n', [5]],
  ['Pipfile', '[packages]\nAmazon_Pay = "*"\n', [2]],
  ['poetry.lock', '[[package]]\nname = "amazon-pay"\nversion = "2.7.1"\n', [2]],
  ['uv.lock', '[[package]]\nname = "amazon-pay"\nversion = "2.7.1"\n', [2]],
  ['environment.yml', 'dependencies:\n  - pip:\n    - amazon_pay==2.7.1\n', [3]],
  ['Dockerfile', 'FROM python:3\nRUN pip install --no-cache-dir django amazon_pay==2.7.1\n', [2]],
  ['install.sh', 'gem install amazon_pay -v 2.6.1\n', [1]],
  // Commands in pipelines, images, builds and shells
  ...[
    '.github/workflows/ci.yml',
    '.github/actions/setup/action.yml',
    '.gitlab-ci.yml',
    '.circleci/config.yml',
    '.travis.yml',
    'azure-pipelines.yml',
    'bitbucket-pipelines.yml',
    'docker-compose.yml',
    'Dockerfile',
    'api.Dockerfile',
    'Containerfile',
    'Makefile',
    'rules.mk',
    'Jenkinsfile',
    'justfile',
    'setup.bash',
    'bin/setup',
    'setup.ps1',
    'setup.cmd',
  ].map((path): Case => [path, `first\nx: npm i amazon-payments && pip install amazon_pay\n`, [2, 2]]),
  [
    'ci/steps.yml',
    `- run: |
    npm install --save amazon-payments@0.2.9 express
    yarn workspace shop add amazon-pay-async
    pnpm add -D @madisonreed/amazon-payments
    bun add amazon-payments
- composer require amzn/login-and-pay-with-amazon-sdk-php
- php composer.phar global require --dev "amzn/amazon-pay-sdk-php:^3"
- python3 -m pip install "amazon-pay==2.7"
- pip install git+https://github.com/amzn/amazon-pay-sdk-python.git@main
- poetry add amazon_pay
- uv pip install amazon_pay
- gem install pay_with_amazon
- bundle add amazon_pay
`.replaceAll('\n    ', '\n      '),
    [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13],
  ],
  [
    'scripts/more.sh',
    `dotnet add shop package AmazonPay
nuget install AmazonPay -Version 3.9
go get github.com/qor/amazon-pay-sdk-go@latest
mvn dependency:get -Dartifact=com.amazon.pay:amazon-pay-java-sdk:3.7.1
git clone https://github.com/amzn/amazon-pay-sdk-php.git lib/pay
curl -L https://github.com/amzn/amazon-pay-sdk-ruby/archive/master.tar.gz
`,
    [1, 2, 3, 4, 5, 6],
  ],
  ['setup.bat', 'rem npm i amazon-payments\n:: npm i amazon-payments\nnpm i amazon-payments\n', [3]],
  ['tool', '#!/bin/sh\nnpm install amazon-payments\n', [2]],
  [
    'Dockerfile',
    'RUN npm install express \\\n    amazon-payments@0.2\nRUN ["npm", "install", "amazon-payments"]\n',
    [2, 3],
  ],
  ['package.json', '{ "scripts": { "postinstall": "npm i amazon-payments" } }\n', [1]],
  // Go
  ['go.mod', 'module shop\n\nreplace github.com/qor/amazon-pay-sdk-go => ../forks/pay\n', [3]],
  ['go.mod', 'module shop\nreplace (\n\tgithub.com/qor/amazon-pay-sdk-go v0.0.1 => example.com/pay v0.0.2\n)\n', [3]],
  ['go.mod', 'module shop\n\nrequire github.com/qor/amazon-pay-sdk-go v0.0.1 // indirect\n', [3]],
  // Composer, and sources that are no package
  ['composer.json', '{"require": {\n"jsuggs/amazon-mws-login-and-pay": "*"}}\n', [2]],
  ['.gitmodules', '[submodule "pay"]\n\turl = https://github.com/amzn/amazon-pay-sdk-csharp.git\n', [2]],
];

const lookAlikes: readonly (readonly [string, string])[] = [
  [
    'Shop.csproj',
    '<ProjectReference Include="..\\AmazonPay\\AmazonPay.csproj" />\n<PackageReference Include="AmazonPay.Client" />\n',
  ],
  ['Shop.csproj', `${reference('System', '')}<!-- ${reference('PayWithAmazon', '')} -->`],
  [
    'Shop.csproj',
    `<Reference Include="System" />\n<Reference Include="Pay">${hint('lib\\Amazon.Pay.API.SDK.dll')}</Reference>\n`,
  ],
  ['pom.xml', '<groupId>own</groupId>\n<artifactId>amazon-pay-java-sdk</artifactId>\n'],
  ['pom.xml', '<groupId>software.amazon.pay</groupId><artifactId>amazon-pay-api-sdk-java</artifactId>\n'],
  ['gradle/libs.versions.toml', '[libraries]\n# pay = "com.amazon.pay:amazon-pay-java-sdk:3.7.1"\n'],
  ['build.gradle', "implementation files('libs/amazon-pay-api-sdk-java-2.6.7.jar')\n"],
  ['Gemfile.lock', 'GEM\n  specs:\n    amazon-pay-api-sdk-ruby (2.0.0)\n    solidus_amazon_pay (1.0)\n'],
  [
    'pyproject.toml',
    '[tool.poetry.scripts]\namazon_pay = "shop.cli:main"\n[tool.isort]\nknown_first_party = ["amazon_pay"]\n',
  ],
  ['pyproject.toml', '[project]\nname = "amazon_pay"\nkeywords = ["amazon_pay"]\n'],
  ['setup.py', "setup(name='amazon_pay', packages=['amazon_pay'])\n"],
  ['requirements.txt', 'amazon_pay_v2==1.0\ndjango-amazon-pay==1.0\nAmazonPayClient==1.0\n'],
  ['go.mod', 'module shop\nrequire github.com/gotokatsuya/amazon-pay-sdk-go v0.0.1\n'],
  [
    'Dockerfile',
    'ENV METHODS="paypal amazon_pay"\n# pip install amazon_pay\nRUN pip install stripe && echo amazon_pay\n',
  ],
  ['.gitmodules', '[submodule "pay"]\n\turl = https://github.com/amzn/amazon-pay-api-sdk-php.git\n'],
  [
    '.github/workflows/ci.yml',
    `- run: npm uninstall amazon-payments
- run: npm install && echo amazon-payments
- run: npm install amazon-payments-mock @acme/amazon-payments
# npm install amazon-payments
- run: npm install @amazonpay/amazon-pay-api-sdk-nodejs
- run: composer require amzn/amazon-pay-api-sdk-php acme/amazon-pay-sdk-php
- run: pip install amazon_pay_v2
- run: curl https://shop.example/amazon_pay/callback
- uses: acme/amazon_pay@v1
`,
  ],
  ['composer.json', '{"scripts":{"a":"composer require x"},"suggest":{"amzn/amazon-pay-sdk-php":1}}\n'],
];

it('finds legacy SDKs in the lists of packages of every language', async () => {
  const lines = await linesOf(found);
  expect(found.map(([path, text], index) => [path, text, lines[index]])).toEqual(found);
});

it('leaves alone what has a name like theirs', async () => {
  const lines = await linesOf(lookAlikes.map(([path, text]) => [path, text, []]));
  expect(lookAlikes.filter((_, index) => lines[index]?.length !== 0)).toEqual([]);
});
