import type { Finding } from '../engine/run';

/** Whether a place receives or reads notifications, in whatever language: other languages are one surface with all they do. */
export const isNotification = ({ surface, rule }: Pick<Finding, 'surface' | 'rule'>): boolean =>
  surface === 'ipn' || rule.endsWith('/ipn-handler');
