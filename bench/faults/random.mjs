/** Numbers from [0, 1) that are the same for the same seed (https://en.wikipedia.org/wiki/Xorshift). */
export function seededRandom(seed) {
  // Zero would stay zero, and small seeds begin alike.
  let state = (Math.imul(seed + 1, 0x9e3779b1) ^ 0x2545f491) | 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  for (let round = 0; round < 8; round += 1) next();
  return next;
}

export const oneOf = (random, values) => values[Math.floor(random() * values.length)];
