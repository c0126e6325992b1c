import type { RuleExamples } from './rule-example';

const v2Client = `require 'amazon-pay-api-sdk-ruby'

def amazon_pay
  AmazonPayClient.new(
    public_key_id: ENV.fetch('AMAZON_PAY_PUBLIC_KEY_ID'),
    private_key: ENV.fetch('AMAZON_PAY_PRIVATE_KEY'),
    region: 'eu',
    sandbox: false
  )
end
`;

const legacyClient = `require 'amazon_pay'

def amazon_pay
  AmazonPay::Client.new(
    ENV.fetch('AMAZON_SELLER_ID'),
    ENV.fetch('MWS_ACCESS_KEY'),
    ENV.fetch('MWS_SECRET_KEY'),
    region: :de,
    currency_code: :eur
  )
end
`;

const capture = `class Payments
  def initialize
    @amazon_pay = AmazonPay::Client.new(*Settings.amazon_pay)
  end

  def capture(order)
    response = @amazon_pay.capture(order.authorization_id, "C#{order.id}", order.total)
    response.get_element('CaptureResponse/CaptureResult/CaptureDetails/CaptureStatus', 'State') == 'Completed'
  end
end
`;

const captureCharge = `class Payments
  def initialize
    @amazon_pay = AmazonPayClient.new(Settings.amazon_pay_v2)
  end

  def capture(order)
    # The Charge id: the 21st character, A, becomes C. Anything else is refused.
    parts = /\\A([PS]\\d{2}-\\d{7}-\\d{7})-A(\\d{6})\\z/.match(order.authorization_id)
    raise ArgumentError, 'No authorization id' if parts.nil?

    response = @amazon_pay.capture_charge(
      "#{parts[1]}-C#{parts[2]}",
      { captureAmount: { amount: order.total, currencyCode: 'EUR' } },
      headers: { 'x-amz-pay-idempotency-key' => "capture-#{order.id}" }
    )
    response.code.to_i == 200 && JSON.parse(response.body).dig('statusDetails', 'state') == 'Captured'
  end
end
`;

export const otherLanguageExamples: RuleExamples = {
  'other-language/client': {
    file: 'amazon_pay_client.rb',
    before: legacyClient,
    writtenBy: 'hand',
    after: v2Client,
    byHand: 'The currency of the legacy configuration has no place in v2: it stands in every amount.',
  },
  'other-language/operation': {
    file: 'payments.rb',
    before: capture,
    writtenBy: 'hand',
    after: captureCharge,
    byHand:
      'The names of the v2 methods in Ruby are likely, not confirmed by Amazon: look for them in the gem. An idempotency key counts over all POST requests of the account, so a prefix for each operation keeps references apart that legacy told apart by itself.',
  },
  'other-language/response-read': {
    file: 'payments.rb',
    before: capture,
    writtenBy: 'hand',
    after: captureCharge,
  },
  'other-language/ipn-handler': {
    file: 'ipn_controller.rb',
    before: `class IpnController < ApplicationController
  def create
    ipn = AmazonPay::IpnHandler.new(request.headers, request.raw_post)
    return head :bad_request unless ipn.authentic?

    mark_as_paid(ipn.notification_data) if ipn.notification_type == 'PaymentCapture'
    head :ok
  end
end
`,
    writtenBy: 'hand',
    after: `class IpnController < ApplicationController
  def create
    return head :bad_request unless Aws::SNS::MessageVerifier.new.authentic?(request.raw_post)

    notification = JSON.parse(JSON.parse(request.raw_post).fetch('Message'))
    if notification['ObjectType'] == 'CHARGE'
      # The notification says what to look at; the GET says how it is.
      response = amazon_pay.get_charge(notification['ObjectId'])
      return head :service_unavailable unless response.code.to_i == 200

      charge = JSON.parse(response.body)
      mark_as_paid(charge['chargeId']) if charge.dig('statusDetails', 'state') == 'Captured'
    end
    head :ok
  end
end
`,
  },
  'other-language/sdk-class': {
    file: 'service.php',
    before: `<?php

use AmazonPay\\Client;

final class Payments
{
    public function __construct(private Client $client)
    {
    }
}
`,
    writtenBy: 'hand',
    after: `<?php

use Amazon\\Pay\\API\\Client;

final class Payments
{
    public function __construct(private Client $client)
    {
    }
}
`,
    byHand: 'Where both clients are needed in one file, import one of them by another name (use … as …).',
  },
  'other-language/request': {
    file: 'mws.php',
    before: `<?php

function closeOrder(string $orderReferenceId): string
{
    $parameters = [
        'Action' => 'CloseOrderReference',
        'AmazonOrderReferenceId' => $orderReferenceId,
        'Version' => '2013-01-01',
    ];
    return send('https://mws-eu.amazonservices.com/OffAmazonPayments/2013-01-01', sign($parameters));
}
`,
    writtenBy: 'hand',
    after: `<?php

function closeOrder(string $chargePermissionId): bool
{
    $result = amazonPayV2()->closeChargePermission($chargePermissionId, [
        'closureReason' => 'Order complete',
        'cancelPendingCharges' => false,
    ]);
    return $result['status'] === 200;
}
`,
  },
  'other-language/dependency': {
    file: 'composer.json',
    before: `{
    "require": {
        "amzn/amazon-pay-sdk-php": "^3.7"
    }
}
`,
    writtenBy: 'hand',
    after: `{
    "require": {
        "amzn/amazon-pay-api-sdk-php": "^2.7"
    }
}
`,
  },
  'other-language/vendored-sdk': {
    file: 'lib/AmazonPay/Client.php',
    before: `<?php
namespace AmazonPay;

class Client implements ClientInterface
{
    const SDK_VERSION = '3.7.1';
    // …
}
`,
    writtenBy: 'hand',
    after: `<?php
// Deleted, with the folder around it: nothing loads it any more.
`,
    beside: {
      'lib/AmazonPay/ClientInterface.php': '<?php\nnamespace AmazonPay;\n\ninterface ClientInterface\n{\n}\n',
      'lib/AmazonPay/HttpCurl.php': '<?php\nnamespace AmazonPay;\n\nclass HttpCurl\n{\n}\n',
      'lib/AmazonPay/Regions.php': '<?php\nnamespace AmazonPay;\n\nclass Regions\n{\n}\n',
      'lib/AmazonPay/ResponseParser.php': '<?php\nnamespace AmazonPay;\n\nclass ResponseParser\n{\n}\n',
    },
    byHand:
      'Compare the copy with the release that it was taken from: what was changed in it is code of yours. Replace the calls of it, which are listed one by one; add the v2 SDK by the package manager of the language; delete the folder.',
  },
  'other-language/template': {
    file: 'templates/order.twig',
    before: `<p>Paid by order {{ order.amazon_order_reference_id }}</p>
`,
    writtenBy: 'hand',
    after: `<p>Paid by order {{ order.charge_permission_id }}</p>
`,
    byHand:
      'The id is the same in v2, where it is that of the Charge Permission: it may stay under its old name, or be renamed together with the code behind the page.',
  },
  'other-language/text-only': {
    file: 'Payments.kt',
    before: `import com.amazon.pay.Client
import com.amazon.pay.request.CaptureRequest

class Payments(private val client: Client) {
    fun capture(order: Order): Boolean {
        val answer = client.capture(CaptureRequest(order.authorizationId, "C\${order.id}", order.total))
        return answer.details.captureStatus.state == "Completed"
    }
}
`,
    writtenBy: 'hand',
    after: `import com.amazon.pay.api.WebstoreClient
import org.json.JSONObject

class Payments(private val client: WebstoreClient) {
    fun capture(order: Order): Boolean {
        // The Charge id: the 21st character, A, becomes C. Anything else is refused.
        val (permission, number) = requireNotNull(AUTHORIZATION_ID.matchEntire(order.authorizationId)).destructured
        val amount = JSONObject().put("amount", order.total).put("currencyCode", "EUR")
        val headers = mapOf("x-amz-pay-idempotency-key" to "capture-\${order.id}")
        val answer = client.captureCharge("$permission-C$number", JSONObject().put("captureAmount", amount), headers)
        return answer.isSuccess && answer.response.getJSONObject("statusDetails").getString("state") == "Captured"
    }

    private companion object {
        val AUTHORIZATION_ID = Regex("""([PS]\\d{2}-\\d{7}-\\d{7})-A(\\d{6})""")
    }
}
`,
    byHand: 'CaptureInitiated is not a capture yet: a notification of the charge says when to GET it again.',
  },
  'other-language/mention': {
    file: 'order.php',
    before: `<?php

function orderReference(array $row): string
{
    return $row['amazon_order_reference_id'];
}
`,
    writtenBy: 'hand',
    after: `<?php

function chargePermission(array $row): string
{
    return $row['charge_permission_id'];
}
`,
    byHand:
      'A column may keep its name: the order reference id is the Charge Permission id. Say so in a comment, and the finding can be left out with --skip or a baseline.',
  },
};
