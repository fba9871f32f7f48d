import { Button, Drawer, Group as Row } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { GroupEditor, type EditorContext } from './Editor';
import { newLeaf, readFilter, writeFilter } from './tree';

interface FilterPanelProps extends EditorContext {
  opened: boolean;
  where: string | undefined;
  onApply: (where: string | undefined) => void;
  onClose: () => void;
}

/** The whole filter, beside the list on a desk and in its place on a phone. */
export function FilterPanel({ opened, onClose, ...rest }: FilterPanelProps) {
  const phone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      position="right"
      size={phone ? '100%' : 460}
      title="Filter"
      closeButtonProps={{ 'aria-label': 'Close the filter' }}
      overlayProps={{ backgroundOpacity: 0.08 }}
    >
      {opened && <Draft {...rest} onClose={onClose} />}
    </Drawer>
  );
}

/** What is being put together; the list follows when it is applied. */
function Draft({ about, words, where, onApply, onClose }: Omit<FilterPanelProps, 'opened'>) {
  const [draft, setDraft] = useState(() => {
    const read = readFilter(where);
    return read.parts.length > 0 ? read : { ...read, parts: [newLeaf(about.fields[0])] };
  });
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector<HTMLElement>('[data-field]')?.focus(), []);
  return (
    <form
      ref={form}
      onSubmit={(event) => {
        event.preventDefault();
        onApply(writeFilter(draft, about.fields));
        onClose();
      }}
    >
      <GroupEditor about={about} words={words} group={draft} depth={1} onChange={setDraft} />
      <Row justify="space-between" mt="lg">
        <Button
          variant="subtle"
          color="gray"
          disabled={draft.parts.length === 0}
          onClick={() => setDraft({ ...draft, parts: [] })}
        >
          Clear
        </Button>
        <Row gap="xs">
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit">Show</Button>
        </Row>
      </Row>
    </form>
  );
}
