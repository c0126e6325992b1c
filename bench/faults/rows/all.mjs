import { addressesOfOthers } from './addresses.mjs';
import { amazon } from './amazon.mjs';
import { amountsOfOrders } from './amounts.mjs';
import { arrivals } from './arrivals.mjs';
import { bombsInMessages } from './bombs.mjs';
import { clocks } from './clocks.mjs';
import { disks } from './disks.mjs';
import { handlers } from './handlers.mjs';
import { handovers } from './handovers.mjs';
import { hostile } from './hostile.mjs';
import { kills } from './kills.mjs';
import { killsOfHousework } from './kills-of-housework.mjs';
import { killsOfRetries } from './kills-of-retries.mjs';
import { hostileLines } from './lines.mjs';
import { manyMessages } from './many-messages.mjs';
import { poisonous } from './poison.mjs';
import { storage } from './storage.mjs';
import { subscriptions } from './subscriptions.mjs';
import { trust } from './trust.mjs';
import { unknownObjects } from './unknown-objects.mjs';
import { rollingUpgrade } from './upgrades.mjs';

/** The cases of the matrix, in its order. */
export const caseList = [
  ...[...kills, ...killsOfRetries, ...killsOfHousework, rollingUpgrade],
  ...[...storage, ...disks, manyMessages],
  ...[...handlers, ...handovers, ...arrivals, ...subscriptions, ...clocks, ...trust],
  ...[...amazon, ...unknownObjects, ...amountsOfOrders],
  ...[...hostile, ...addressesOfOthers, ...bombsInMessages, ...hostileLines, ...poisonous],
];
