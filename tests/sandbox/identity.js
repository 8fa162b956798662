// Signs in with amazon-cognito-identity-js, as the JSON on stdin says, and prints what it was asked on the way.
const { readFileSync } = require('fs');
const { AuthenticationDetails, CognitoUser, CognitoUserPool } = require('amazon-cognito-identity-js');

const plan = JSON.parse(readFileSync(0, 'utf8'));
const asked = [];

const pool = new CognitoUserPool({
  UserPoolId: plan.pool,
  ClientId: plan.client,
  endpoint: plan.endpoint,
});

function signIn(user, password) {
  return new Promise((resolve, reject) => {
    const callbacks = {
      onSuccess: (session, deviceToConfirm) => resolve({ session, deviceToConfirm }),
      onFailure: reject,
      newPasswordRequired: (_given, required) => {
        asked.push(`NEW_PASSWORD_REQUIRED ${required}`);
        user.completeNewPasswordChallenge(plan.newPassword, plan.attributes, callbacks);
      },
      totpRequired: name => {
        asked.push(name);
        user.sendMFACode(plan.code, callbacks, name);
      },
      customChallenge: parameters => {
        asked.push(`CUSTOM_CHALLENGE ${parameters.round}`);
        user.sendCustomChallengeAnswer(plan.answers.shift(), callbacks);
      },
    };
    user.setAuthenticationFlowType(plan.flow);
    const details = { Username: plan.username, Password: password };
    user.authenticateUser(new AuthenticationDetails(details), callbacks);
  });
}

function remember(user) {
  return new Promise((onSuccess, onFailure) =>
    user.setDeviceStatusRemembered({ onSuccess, onFailure })
  );
}

function refresh(user, token) {
  return new Promise((resolve, reject) =>
    user.refreshSession(token, (error, session) => (error ? reject(error) : resolve(session)))
  );
}

async function main() {
  const user = new CognitoUser({ Username: plan.username, Pool: pool });
  let { session, deviceToConfirm } = await signIn(user, plan.password);
  asked.push(deviceToConfirm ? 'tokens, device to confirm' : 'tokens');
  if (plan.twice) {
    await remember(user);
    const again = new CognitoUser({ Username: plan.username, Pool: pool });
    ({ session } = await signIn(again, plan.password));
    asked.push('tokens');
    session = await refresh(again, session.getRefreshToken());
    asked.push('refreshed');
  }
  return { asked, username: session.getAccessToken().payload.username };
}

main()
  .catch(error => ({ asked, error: `${error.name}: ${error.message}` }))
  .then(outcome => console.log(JSON.stringify(outcome)));
