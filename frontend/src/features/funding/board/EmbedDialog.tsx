import { Group, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { api, data } from '@/shared/api/client';
import type { Basis, DonorView } from '@/shared/api/types';
import { options } from '@/shared/format/words';
import { SecretDialog } from '@/shared/ui/SecretDialog';
import { bases, views } from '../words';
import { embedsKey } from './queries';
import { chartWords } from './words';

interface NewEmbed {
  name: string;
  chart: string;
  basis: Basis;
  view: DonorView;
  days: number;
}

const blank: NewEmbed = {
  name: '',
  chart: 'diversification',
  basis: 'cash',
  view: 'ultimate',
  days: 90,
};

/** Makes a link to a chart and shows it the one time that it can be seen. */
export function EmbedDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <SecretDialog
      title="New link to a chart"
      {...{ opened, onClose }}
      initialValues={{ ...blank }}
      create={(body) => data(api.POST('/embeds', { body }))}
      secretOf={({ path }) => `${window.location.origin}${path}.svg`}
      hint="Use it as a picture in another page; with .png at its end it is a PNG."
      list={embedsKey}
      fields={(form) => (
        <>
          <TextInput
            label="Where is it going to be used?"
            placeholder="Annual report page"
            required
            {...form.getInputProps('name')}
          />
          <NativeSelect label="Chart" data={options(chartWords)} {...form.getInputProps('chart')} />
          <Group grow>
            <NativeSelect label="Basis" data={bases} {...form.getInputProps('basis')} />
            <NativeSelect label="Donors" data={views} {...form.getInputProps('view')} />
          </Group>
          <NumberInput
            label="Works for how many days?"
            min={1}
            max={366}
            required
            {...form.getInputProps('days')}
          />
        </>
      )}
    />
  );
}
