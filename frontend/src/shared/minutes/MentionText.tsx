import { Combobox, Textarea, useCombobox, type TextareaProps } from '@mantine/core';
import { useId, useRef, useState, type KeyboardEvent } from 'react';
import { placeOf, type Place } from './caret';
import { offered, typingAt, type Typing } from './mentions';
import classes from './minutes.module.css';

interface MentionTextProps extends Omit<TextareaProps, 'value' | 'onChange'> {
  value: string;
  onChange: (text: string) => void;
  /** Who can be mentioned, by name. */
  names: readonly string[];
}

/** A text in which an @ offers names. While they are offered it is a combobox, else a plain text. */
export function MentionText({ value, onChange, names, ...input }: MentionTextProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const list = useId();
  const [typing, setTyping] = useState<Typing | null>(null);
  const [place, setPlace] = useState<Place | null>(null);
  const [dismissed, setDismissed] = useState<number | null>(null);
  const [active, setActive] = useState(0);
  const offers = typing && typing.from !== dismissed ? offered(typing.typed, names) : [];
  const open = offers.length > 0;
  const store = useCombobox({ opened: open });

  const follow = (at: HTMLTextAreaElement) => {
    const now = typingAt(at.value, at.selectionStart);
    setTyping(now);
    setActive(0);
    if (!now) setDismissed(null);
    else if (frame.current) setPlace(placeOf(at, now.from, frame.current));
  };
  const choose = (name: string) => {
    const at = field.current;
    if (!at || !typing) return;
    const apart = /^[\s\p{P}]/u.test(at.value.slice(at.selectionStart)) ? '' : ' ';
    at.setRangeText(`@${name}${apart}`, typing.from, at.selectionStart, 'end');
    setTyping(null);
    onChange(at.value);
  };
  const press = (event: KeyboardEvent) => {
    if (!open || event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: offers.length - 1 }[event.key];
    if (step !== undefined) setActive((active + step) % offers.length);
    else if (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey))
      choose(offers[active] ?? '');
    else if (event.key === 'Escape') setDismissed(typing?.from ?? null);
    else return;
    event.preventDefault();
  };
  return (
    <Combobox store={store} position="bottom-start" width={260} onOptionSubmit={choose}>
      <div ref={frame} className={classes.frame}>
        <Textarea
          {...input}
          ref={field}
          value={value}
          onChange={({ currentTarget }) => {
            onChange(currentTarget.value);
            follow(currentTarget);
          }}
          // Going through a text opens nothing; leaving the name that is being typed closes the list.
          onSelect={({ currentTarget }) => typing && follow(currentTarget)}
          onBlur={() => setTyping(null)}
          onKeyDown={press}
          {...(open && {
            role: 'combobox',
            'aria-expanded': true,
            'aria-haspopup': 'listbox' as const,
            'aria-autocomplete': 'list' as const,
            'aria-controls': list,
            'aria-activedescendant': `${list}-${active}`,
            // So that Escape closes the list and not the dialog that it stands in.
            'data-mantine-stop-propagation': true,
          })}
        />
        <Combobox.DropdownTarget>
          <span className={classes.at} style={place ?? undefined} />
        </Combobox.DropdownTarget>
      </div>
      <Combobox.Dropdown>
        <Combobox.Options id={list} aria-label="Colleagues">
          {offers.map((name, n) => (
            <Combobox.Option
              key={name}
              id={`${list}-${n}`}
              value={name}
              selected={n === active}
              aria-selected={n === active}
            >
              {name}
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}
