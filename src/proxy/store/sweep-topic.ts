/** Instead of the ARN of a topic: what a sweep has found, and the proxy itself tells. No message that comes in can have it. */
export const SWEEP_TOPIC = 'sweep';
