/** What a codemod costs that parses every file and changes none. */
module.exports = function parseOnly(file, api) {
  api.jscodeshift(file.source);
  return undefined;
};
