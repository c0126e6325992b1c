import { visibleText } from '../../../src/proxy/operate/dashboard/visible-text';
import { showControlCharacters } from '../../../src/report/plain-text';

test('the dashboard shows every character as terminal and reports do', () => {
  const all = Array.from({ length: 0xffff }, (_, code) => String.fromCharCode(code)).join('');
  expect(visibleText(all)).toBe(showControlCharacters(all));
  expect(visibleText('S01-\u202e4321')).toBe('S01-\\u202e4321');
});
