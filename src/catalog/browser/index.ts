export { browserEvidence, browserMarkers, weakBrowserMarkers } from './markers';
export { buyerReturnMarkers, buyerReturnNames, buyerReturnParameters } from './return-parameters';
export { browserOptions, expressAttributes, type BrowserOption } from './options';
export { browserRules } from './rules';
export { browserScripts, scriptHosts, UNRELATED_TO_LEGACY, type BrowserScript } from './scripts';
export { browserSymbols, type BrowserSymbol } from './symbols';
