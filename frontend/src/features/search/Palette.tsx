import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconSearch } from '@tabler/icons-react';
import { useId, useState, type KeyboardEvent } from 'react';
import { sentenceOf } from '@/shared/api/problem';
import { useSession } from '@/shared/session/session';
import { actionsFor, allResults, choicesFrom, type Choice } from './choices';
import classes from './Palette.module.css';
import { PaletteOption } from './PaletteOption';
import { searchQuery } from './queries';

interface PaletteProps {
  opened: boolean;
  onClose: () => void;
}

export function Palette({ opened, onClose }: PaletteProps) {
  return (
    <Modal.Root
      opened={opened}
      onClose={onClose}
      padding={0}
      size={620}
      yOffset="10dvh"
      transitionProps={{ duration: 90 }}
    >
      <Modal.Overlay />
      <Modal.Content aria-label="Search">
        <Modal.Body>
          <Finder onClose={onClose} />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

/** A field and what it finds. A new key press aborts the question before it. */
function Finder({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const listId = useId();
  const navigate = useNavigate();
  const { permissions } = useSession();
  const q = typed.trim();
  const found = useQuery(searchQuery(q, undefined, 20));
  const hits = q ? choicesFrom(found.data?.hits ?? []) : [];
  const choices: Choice[] = [
    ...hits,
    ...actionsFor(q, permissions),
    ...(hits.length > 0 ? [allResults(q)] : []),
  ];
  const current = Math.min(at, choices.length - 1);

  const follow = (choice: Choice | undefined) => {
    if (!choice) return;
    onClose();
    void navigate(choice.target);
  };
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && choices.length > 0) {
      event.preventDefault();
      setAt((current + step + choices.length) % choices.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      follow(choices[current]);
    }
  };

  return (
    <div className={classes.finder}>
      <div className={classes.field}>
        <IconSearch size={18} aria-hidden />
        <input
          className={classes.input}
          data-autofocus
          role="combobox"
          aria-expanded={choices.length > 0}
          aria-controls={listId}
          aria-activedescendant={choices[current] && `${listId}-${current}`}
          aria-label="Search stakeholders, meetings, calls and mail, or go to a page"
          placeholder="A name, a meeting, a subject, or where to go"
          autoComplete="off"
          spellCheck={false}
          value={typed}
          onKeyDown={onKey}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setAt(0);
          }}
        />
      </div>
      <div id={listId} role="listbox" aria-label="Results" className={classes.list}>
        {choices.map((choice, i) => (
          <PaletteOption
            key={choice.key}
            id={`${listId}-${i}`}
            choice={choice}
            q={q}
            heading={choices[i - 1]?.group === choice.group ? null : choice.group}
            active={i === current}
            onPoint={() => setAt(i)}
            onChoose={() => follow(choice)}
          />
        ))}
      </div>
      <p className={classes.state} role="status">
        {found.error
          ? sentenceOf(found.error)
          : q && !found.isFetching && hits.length === 0
            ? `Nothing is called “${q}”. Parts of words count from three letters.`
            : ''}
      </p>
    </div>
  );
}
