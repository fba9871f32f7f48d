import { Button, Popover, Radio, Stack } from '@mantine/core';
import { IconChevronDown, IconLock, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import type { Sharing, Thread } from '@/shared/api/types';
import { sharingWords } from '@/shared/format/words';
import { useMay } from '@/shared/session/session';
import classes from './mail.module.css';
import { useShare } from './queries';

const levels = Object.keys(sharingWords) as Sharing[];

/** Says who else sees a conversation, and lets its owner change that. */
export function SharingControl({ thread }: { thread: Thread }) {
  const mayWrite = useMay('mail:write');
  const share = useShare(thread);
  const [opened, setOpened] = useState(false);
  const { label } = sharingWords[thread.sharing];
  const icon =
    thread.sharing === 'private' ? (
      <IconLock size={15} aria-hidden />
    ) : (
      <IconUsers size={15} aria-hidden />
    );
  if (!thread.mine || !mayWrite) {
    return (
      <span className={classes.sharedWith}>
        {icon} Shared with you: {label.toLowerCase()}
      </span>
    );
  }
  return (
    <Popover opened={opened} onChange={setOpened} width={380} position="bottom-end" trapFocus>
      <Popover.Target>
        <Button
          className={classes.share}
          variant="default"
          size="compact-sm"
          leftSection={icon}
          rightSection={<IconChevronDown size={14} aria-hidden />}
          loading={share.isPending}
          onClick={() => setOpened(!opened)}
          aria-label={`Sharing: ${label}. Change what colleagues see.`}
        >
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <LevelForm
          now={thread.sharing}
          onChoose={(level) => {
            setOpened(false);
            if (level !== thread.sharing) share.mutate(level);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

interface LevelFormProps {
  now: Sharing;
  onChoose: (level: Sharing) => void;
}

/** Nothing is shown to anybody before the button is pressed: arrow keys only walk through the levels. */
function LevelForm({ now, onChoose }: LevelFormProps) {
  const [chosen, setChosen] = useState(now);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onChoose(chosen);
      }}
    >
      <Radio.Group
        label="What do colleagues see of this conversation?"
        value={chosen}
        onChange={(value) => setChosen(levels.find((one) => one === value) ?? now)}
      >
        <Stack gap="xs" my="xs">
          {levels.map((level) => (
            <Radio
              key={level}
              value={level}
              label={sharingWords[level].label}
              description={sharingWords[level].others}
            />
          ))}
        </Stack>
      </Radio.Group>
      <Button type="submit" fullWidth disabled={chosen === now}>
        {chosen === now ? 'This is how it is now' : `Share: ${sharingWords[chosen].label}`}
      </Button>
    </form>
  );
}
