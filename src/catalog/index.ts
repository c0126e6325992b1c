export { movedFields, renamedFields, v2Hosts, type RenamedField } from './api-v1-contract';
export {
  browserEvidence,
  browserMarkers,
  browserOptions,
  browserScripts,
  browserRules,
  browserSymbols,
  buyerReturnMarkers,
  buyerReturnNames,
  buyerReturnParameters,
  expressAttributes,
  scriptHosts,
  type BrowserOption,
  type BrowserSymbol,
  UNRELATED_TO_LEGACY,
  weakBrowserMarkers,
} from './browser';
export { ADDRESS_OF_MWS, configurationKeys, newVariables, type ConfigurationKey } from './configuration-keys';
export { clientMembers, type ClientMember } from './client-members';
export { webStoreClientMembers } from './web-store-client';
export { answerAmounts, answerFields, answerMarkers, answerRead } from './answer-reads';
export { docs } from './docs';
export { elements } from './elements';
export {
  endpoints,
  legacyEnvironments,
  legacyPaths,
  notificationTopics,
  paymentReports,
  sellerSections,
} from './environments';
export { DISTINCTIVE_ERROR, errorCodes, onlyLegacyErrors, v2ErrorCodes } from './errors';
export { idPattern, idPatternMarkers } from './id-patterns';
export { limits } from './limits';
export { strongMarkers } from './markers';
export { changedStates, legacyReasonWords, legacyStateWords, onlyLegacyReasons, onlyLegacyStates } from './state-words';
export { absentNotificationFields } from './notification-fields';
export {
  legacyNotificationTypes,
  notificationTypes,
  notificationTypesWithoutObject,
  notifiedObjects,
  type LegacyNotificationType,
  type NotifiedObject,
} from './notifications';
export { commonParameters, decliningResults, operationByMethod, operations } from './operations';
export { clientEvidence, companionPackages, legacyPackages, v2Sdk, type LegacyPackage } from './packages';
export { legacyQuotas, quotas, type Quota } from './quotas';
export { reportOperations, type ReportOperation } from './report-operations';
export { rules } from './rules';
export { pageOfRule } from './rules/page-of-rule';
export { scaffoldEndpoints, type ScaffoldEndpoint } from './scaffold-endpoints';
export { valueTables } from './states';
