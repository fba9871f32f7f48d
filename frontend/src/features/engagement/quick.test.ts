import { expect, it } from 'vitest';
import { blankValues, entryOf, fieldOf, type QuickKind } from './quick';

const values = (kind: QuickKind) => ({
  ...blankValues(kind, 'me'),
  title: 'Budget',
  text: 'They agreed.',
  date: '2026-03-29',
  time: '02:30',
  key: 'k',
});

it('sends a day as it was typed, also one on which the clocks change', () => {
  expect(entryOf('meeting', 's1', values('meeting'))).toEqual({
    interaction: {
      kind: 'meeting',
      title: 'Budget',
      minutes: 'They agreed.',
      date: '2026-03-29',
      time: '02:30',
      stakeholderIds: ['s1'],
      participantIds: ['me'],
      private: false,
      key: 'k',
    },
  });
});

it('sends who else took part in a meeting and what follows from it, and leaves empty rows out', () => {
  const met = {
    ...values('meeting'),
    others: ['s2'],
    tasks: [
      { title: 'Send the figures', due: '2026-04-02' },
      { title: ' ', due: '' },
      { title: 'Thank them', due: '' },
    ],
  };
  expect(entryOf('meeting', 's1', met)).toMatchObject({
    interaction: {
      stakeholderIds: ['s1', 's2'],
      tasks: [{ title: 'Send the figures', due: '2026-04-02' }, { title: 'Thank them' }],
    },
  });
  const note = entryOf('note', 's1', met);
  expect(note).toMatchObject({ interaction: { stakeholderIds: ['s1'] } });
  expect(note).not.toHaveProperty('interaction.tasks');
  expect(note).not.toHaveProperty('interaction.participantIds');
});

it('sends of a note no title, and of a task a due day', () => {
  expect(entryOf('note', 's1', values('note'))).not.toHaveProperty('interaction.title');
  expect(entryOf('task', 's1', values('task'))).toEqual({
    task: {
      title: 'Budget',
      notes: 'They agreed.',
      due: '2026-03-29',
      stakeholderIds: ['s1'],
      private: false,
      key: 'k',
    },
  });
});

it('gives every new entry a name of its own, and a task no day', () => {
  expect(blankValues('note', 'me').key).not.toBe(blankValues('note', 'me').key);
  expect(blankValues('task', 'me').date).toBe('');
  expect(blankValues('note', 'me').date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
});

it('finds the input of a complaint', () => {
  expect(['minutes', 'notes', 'due', 'title', 'tasks.1.due'].map(fieldOf)).toEqual([
    'text',
    'text',
    'date',
    'title',
    'tasks.1.due',
  ]);
});
