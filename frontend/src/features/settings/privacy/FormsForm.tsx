import { ActionIcon, Button, Checkbox, Group, Switch, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import type { ErasureForm, PrivacyRequest } from '@/shared/api/types';
import { useSetForms } from './queries';
import classes from './privacy.module.css';

/** The ways in which texts name the person. Changing them makes the plan anew. */
export function FormsForm({ request }: { request: PrivacyRequest }) {
  const [texts, setTexts] = useState(request.texts);
  const [forms, setForms] = useState(request.forms);
  const save = useSetForms(request);
  const set = (at: number, change: Partial<ErasureForm>) =>
    setForms(forms.map((one, i) => (i === at ? { ...one, ...change } : one)));
  const changed =
    texts !== request.texts || JSON.stringify(forms) !== JSON.stringify(request.forms);
  return (
    <div className={classes.forms}>
      <Switch
        label="Replace the name in titles, minutes and other texts by the pseudonym"
        checked={texts}
        onChange={(event) => setTexts(event.currentTarget.checked)}
      />
      {texts &&
        forms.map((form, i) => (
          <div key={i} className={classes.form}>
            <TextInput
              aria-label={`Form ${i + 1}`}
              value={form.text}
              onChange={(event) => set(i, { text: event.currentTarget.value })}
            />
            {form.another ? (
              <span className={classes.another}>Somebody else: stays</span>
            ) : (
              <Checkbox
                label="Everywhere"
                aria-label={`${form.text}: everywhere, not only in records that refer to the person`}
                checked={form.everywhere}
                onChange={(event) => set(i, { everywhere: event.currentTarget.checked })}
              />
            )}
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={
                form.another ? `Do not spare ${form.text}` : `Do not look for ${form.text}`
              }
              onClick={() => setForms(forms.filter((_, at) => at !== i))}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </div>
        ))}
      <Group gap="sm">
        {texts && (
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => setForms([...forms, { text: '', everywhere: false }])}
          >
            Add another
          </Button>
        )}
        <Button
          size="compact-sm"
          disabled={!changed}
          loading={save.isPending}
          onClick={() => save.mutate({ forms: forms.filter((one) => one.text.trim()), texts })}
        >
          Plan anew
        </Button>
      </Group>
    </div>
  );
}
