// The answer that the fields of a question hold, kind by kind, and put back again.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { isGiven, msOf, putBack, saidIn, valuesOf } from '../../edu/static/js/quiz/answers.js';
import { writeTime } from '../../edu/static/js/player/media-time.js';

const radio = (value, checked = false, name = 'q.s1') => ({ name, type: 'radio', value, checked });
const box = (value, checked = false) => ({ name: 'q.s1', type: 'checkbox', value, checked });
const text = (value, part = '') => ({ name: part ? `q.s1.a.${part}` : 'q.s1', type: 'text', value });
const list = (value, part) => ({ name: `q.s1.a.${part}`, type: 'select-one', value });
const rev = { name: 'q.s1.rev', type: 'hidden', value: '3' };
const said = (kind, ...fields) => saidIn(kind, 's1', [rev, ...fields]).response;

const CASES = [
  ['single', [radio('1'), radio('2', true)], '2'],
  ['single', [radio('1'), radio('2')], null],
  ['multiple', [box('1', true), box('2'), box('3', true)], ['1', '3']],
  ['keyfeature', [box('1'), box('2')], []],
  ['ordering', [text('2', '1'), text('1', '2'), text('3', '3')], ['2', '1', '3']],
  ['ordering', [text('', '1'), text('', '2')], null],
  ['ordering', [text('1', '1'), text('1', '2')], undefined],
  ['ordering', [text('1', '1'), text('', '2')], undefined],
  ['numeric', [text(' 40,5 mg ')], '40,5 mg'],
  ['numeric', [text('  ')], null],
  ['short', [text('a dimple')], 'a dimple'],
  ['hotspot', [radio('0.5,0.25', true), radio('0.1,0.1')], [[0.5, 0.25]]],
  ['hotspot', [box('0.5,0.25', true), box('0.1,0.2', true)], [[0.5, 0.25], [0.1, 0.2]]],
  ['hotspot', [radio('0.5,0.25'), text('57', 'x'), text('65,5 %', 'y')], [[0.57, 0.655]]],
  ['hotspot', [text('57', 'x'), text('', 'y')], undefined],
  ['hotspot', [text('57', 'x'), text('101', 'y')], undefined],
  ['moment', [text('0:41,5')], 41_500],
  ['moment', [text('around forty')], undefined],
  ['interval', [text('31.2', 'start'), text('0:40', 'end')], [31_200, 40_000]],
  ['interval', [text('', 'start'), text('', 'end')], null],
  ['interval', [text('0:41', 'start'), text('0:40', 'end')], undefined],
  ['interval', [text('0:41', 'start'), text('', 'end')], undefined],
  ['matching', [list('2', 'L1'), list('', 'L2')], { L1: '2' }],
  ['emq', [list('', '1'), list('', '2')], null],
  ['draglabels', [list('1', 'P1'), list('3', 'P2')], { P1: '1', P2: '3' }],
  ['cloze', [list('4', 'how'), text(' crest ', 'where'), text('', 'much')], { how: '4', where: 'crest' }],
  ['truefalse', [radio('true'), radio('false', true)], { answer: false }],
  ['concordance', [radio('-2', true)], -2],
];

for (const [kind, fields, response] of CASES) {
  test(`${kind}: ${JSON.stringify(fields.map(({ value, checked }) => [value, checked]))} says ${JSON.stringify(response)}`, () => {
    assert.deepEqual(said(kind, ...fields), response);
  });
}

test('what is put back is said again, whatever the kind', () => {
  for (const [kind, fields, response] of CASES.filter(([, , one]) => isGiven(one))) {
    const empty = fields.filter(({ name }) => !/\.a\.[xy]$/.test(name)).map((field) => ({ ...field, value: field.type === 'text' ? '' : field.value, checked: false }));
    if (kind === 'hotspot' && empty.length < fields.length) continue; // a place that was written has no entry of its own
    putBack(kind, 's1', empty, response, null);
    assert.deepEqual(said(kind, ...empty), response, kind);
  }
});

test('how sure one is stands beside the answer, and within it for true or false', () => {
  const sure = radio('3', true, 'q.s1.certainty');
  assert.deepEqual(saidIn('single', 's1', [radio('2', true), sure]), { response: '2', certainty: 3 });
  assert.deepEqual(saidIn('truefalse', 's1', [radio('true', true), sure]), { response: { answer: true, certainty: 3 }, certainty: null });
  assert.deepEqual(saidIn('truefalse', 's1', [radio('true'), sure]), { response: null, certainty: null });

  const levels = [1, 2, 3].map((level) => radio(String(level), false, 'q.s1.certainty'));
  putBack('single', 's1', levels, '2', 2);
  assert.deepEqual(levels.map(({ checked }) => checked), [false, true, false]);
  putBack('truefalse', 's1', levels, { answer: true, certainty: 1 }, null);
  assert.deepEqual(levels.map(({ checked }) => checked), [true, false, false]);
});

test('times are written and read alike', () => {
  for (const [ms, words] of [[0, '0:00.0'], [41_200, '0:41.2'], [41_250, '0:41.25'], [61_005, '1:01.005'], [3_723_500, '1:02:03.5']]) {
    assert.equal(writeTime(ms), words);
    assert.equal(msOf(words), ms);
  }
  assert.equal(msOf('41 s'), 41_000);
  assert.equal(msOf('soon'), null);
  assert.deepEqual(valuesOf('interval', [31_125, 39_875]), { start: ['0:31.125'], end: ['0:39.875'] });
});
