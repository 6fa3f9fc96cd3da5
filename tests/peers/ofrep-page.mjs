// A page that shows flags with OpenFeature's web SDK. ofrep-bundle.mjs makes one file of it.
import { OpenFeature, ProviderEvents } from '@openfeature/web-sdk';
import { OFREPWebProvider } from '@openfeature/ofrep-web-provider';

const client = OpenFeature.getClient();
const show = () => {
  document.getElementById('checkout').textContent = client.getBooleanValue('checkout', false) ? 'new checkout' : 'old checkout';
  document.getElementById('text').textContent = client.getStringValue('text', 'fallback');
  document.getElementById('bare').textContent = client.getStringDetails('bare', 'fallback').value;
};
client.addHandler(ProviderEvents.Ready, show);
client.addHandler(ProviderEvents.ConfigurationChanged, show);
await OpenFeature.setContext({ targetingKey: 'ann', country: 'BE' });
await OpenFeature.setProviderAndWait(new OFREPWebProvider({ baseUrl: location.origin }));
document.body.dataset.state = 'ready';
globalThis.moveTo = country => OpenFeature.setContext({ targetingKey: 'ann', country }).then(show);
