export { findElements, type HtmlAttribute, type HtmlElement, type Range } from './find-elements';
export { readCarrier, type Carrier, type ScriptRegion } from './find-regions';
export { parseRegion, type ParsedRegion } from './parse-region';
export { findTemplateTags, type TemplateTag } from './template-tags';
