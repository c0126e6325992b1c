/** Names under which shops keep the state of something of Amazon Pay: `capture_state`, `authorizationStatus`, `amazon.state`. */
export const COLUMN =
  /^[\w.]*(?:amazon|amz|authori[sz]ation|capture|refund|order_?reference|billing_?agreement)[\w.]*(?:state|status)$/i;
