// Records what amazon-cognito-identity-js makes of seeded SRP cases, for tests/cognito/test_srp.py.
//
// Run by hand, outside the repository: npm install amazon-cognito-identity-js, then
//   node record_srp.mjs <directory with node_modules> > srp.json
//
// The library signs in to a Cognito that is played here; nothing is sent anywhere. All randomness of the
// library and of the cases comes from one seed, so that the same version records the same file.

import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';

const SEED = 'cognito-tui srp 1';
const USERS = 1000;
const DEVICES = 100;
const EDGE_SALTS = [
	'0', '00', '000', '1', '01', '001', '0001', '7', '7f', '07f', '8', '80', '080', '0080', 'ff', '0ff', '00ff',
	'f', 'abc', '0abc', 'ABCDEF', '0ABCDEF', '00000000000000000000000000000000',
	'00112233445566778899aabbccddeeff', '0112233445566778899aabbccddeeff', '112233445566778899aabbccddeeff',
	'8f112233445566778899aabbccddeeff', '008f112233445566778899aabbccddeeff', 'ffffffffffffffffffffffffffffffff',
	'7fffffffffffffffffffffffffffffff', '0f0', '00f0', '10', '010', '100',
];

const require = createRequire(resolve(process.argv[2], 'index.js'));
const { version } = require('amazon-cognito-identity-js/package.json');
const { AuthenticationDetails, AuthenticationHelper, CognitoUser, CognitoUserPool } = require('amazon-cognito-identity-js');
const BigInteger = require('amazon-cognito-identity-js/lib/BigInteger').default;
const WordArray = require('amazon-cognito-identity-js/lib/utils/WordArray').default;

let drawn = 0;
function bytes(count) {
	const blocks = [];
	for (let have = 0; have < count; have += 32) {
		blocks.push(createHash('sha256').update(`${SEED}:${drawn++}`).digest());
	}
	return Buffer.concat(blocks).subarray(0, count);
}
const hex = count => bytes(count).toString('hex');
const below = limit => bytes(6).readUIntBE(0, 6) % limit;
const pick = list => list[below(list.length)];
const sha256 = text => createHash('sha256').update(text).digest('hex');

// Half the instants are within the first nine days of a month, where the day has one figure.
const RealDate = Date;
let instant = 0;
globalThis.Date = class extends RealDate {
	constructor(...given) {
		super(...(given.length ? given : [instant * 1000]));
	}
};
function anInstant() {
	const day = below(2) ? 1 + below(9) : 1 + below(28);
	return RealDate.UTC(2015 + below(30), below(12), day, below(24), below(60), below(60)) / 1000;
}

WordArray.prototype.random = count => ({ toString: () => hex(count) });
AuthenticationHelper.prototype.generateRandomSmallA = () => new BigInteger(hex(32), 16);
const keyOf = AuthenticationHelper.prototype.getPasswordAuthenticationKey;
let last = {};
AuthenticationHelper.prototype.getPasswordAuthenticationKey = function (username, password, b, salt, callback) {
	keyOf.call(this, username, password, b, salt, (error, key) => {
		last = { a: this.smallAValue.toString(16), key: Buffer.from(key).toString('hex') };
		callback(error, key);
	});
};

function jwt() {
	const part = value => Buffer.from(JSON.stringify(value)).toString('base64url');
	return `${part({ alg: 'none' })}.${part({ iat: 0, exp: 9999999999 })}.c2ln`;
}
const TOKENS = { AccessToken: jwt(), IdToken: jwt(), RefreshToken: 'opaque' };

const LETTERS = [...'abcXYZ019!"#$%&/()=?*+-_.:,;<>|äß€中😀'];
const word = length => Array.from({ length }, () => pick(LETTERS)).join('');
const uuid = () => hex(16).replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5');
const aB = () => hex(below(10) ? 8 + below(40) : 384);

function storage() {
	const kept = {};
	return {
		getItem: name => kept[name] ?? null,
		setItem: (name, value) => (kept[name] = value),
		removeItem: name => delete kept[name],
	};
}

// Signs in a user; `answer` is Cognito. Returns the requests the library made.
function signIn(pool, username, password, answer, prepare = () => {}) {
	const said = [];
	const user = new CognitoUser({
		Username: username,
		Pool: new CognitoUserPool({ UserPoolId: `eu-west-1_${pool}`, ClientId: 'client', Storage: storage() }),
		Storage: storage(),
	});
	prepare(user);
	user.client = {
		request(operation, request, callback) {
			said.push(request);
			callback(null, answer(operation, request));
		},
	};
	const failed = error => { throw error; };
	user.authenticateUser(new AuthenticationDetails({ Username: username, Password: password }),
		{ onSuccess: () => {}, onFailure: failed });
	return said;
}

function userCase(salt) {
	const pool = pick(['AbCdEf123', 'Zz9', '0', hex(4)]);
	const [username, password, b, block] = [pick([uuid(), word(1 + below(12))]), word(1 + below(20)), aB(), bytes(24 + below(9))];
	instant = anInstant();
	const secretBlock = block.toString('base64');
	const parameters = { USER_ID_FOR_SRP: username, SALT: salt, SRP_B: b, SECRET_BLOCK: secretBlock };
	const [first, proof] = signIn(pool, 'typed', password, operation =>
		operation === 'InitiateAuth'
			? { ChallengeName: 'PASSWORD_VERIFIER', ChallengeParameters: parameters }
			: { AuthenticationResult: TOKENS });
	return [
		pool, username, password, last.a, salt, b, secretBlock, instant, sha256(first.AuthParameters.SRP_A),
		last.key, proof.ChallengeResponses.TIMESTAMP, proof.ChallengeResponses.PASSWORD_CLAIM_SIGNATURE,
	];
}

// A device is remembered, then proves itself with another pair of numbers.
function deviceCase() {
	const [deviceKey, groupKey] = [`eu-west-1_${uuid()}`, `-${hex(4)}`];
	const [salt, b, secretBlock] = [pick([hex(16), hex(15)]), aB(), bytes(30).toString('base64')];
	instant = anInstant();
	const challenge = { ChallengeName: 'PASSWORD_VERIFIER',
		ChallengeParameters: { USER_ID_FOR_SRP: 'ana', SALT: '1', SRP_B: '2', SECRET_BLOCK: '' } };
	let device;
	const confirmed = signIn('Zz9', 'ana', 'x', operation => ({
		InitiateAuth: challenge,
		RespondToAuthChallenge: { AuthenticationResult: { ...TOKENS, NewDeviceMetadata: { DeviceKey: deviceKey, DeviceGroupKey: groupKey } } },
		ConfirmDevice: {},
	})[operation], user => (device = user))[2].DeviceSecretVerifierConfig;
	const password = device.randomPassword;
	const said = signIn('Zz9', 'ana', 'x', (operation, request) => {
		if (operation === 'InitiateAuth') return challenge;
		return {
			PASSWORD_VERIFIER: { ChallengeName: 'DEVICE_SRP_AUTH', Session: 'one' },
			DEVICE_SRP_AUTH: { ChallengeName: 'DEVICE_PASSWORD_VERIFIER', Session: 'two',
				ChallengeParameters: { SALT: salt, SRP_B: b, SECRET_BLOCK: secretBlock } },
			DEVICE_PASSWORD_VERIFIER: { AuthenticationResult: TOKENS },
		}[request.ChallengeName];
	}, user => Object.assign(user, { deviceKey, deviceGroupKey: groupKey, randomPassword: password }));
	const [begun, proof] = [said[2].ChallengeResponses, said[3].ChallengeResponses];
	return [
		groupKey, deviceKey, password, confirmed.Salt, sha256(confirmed.PasswordVerifier),
		last.a, salt, b, secretBlock, instant, sha256(begun.SRP_A), last.key, proof.PASSWORD_CLAIM_SIGNATURE,
	];
}

const lines = cases => `[\n${cases.map(each => JSON.stringify(each)).join(',\n')}\n]`;
const users = [];
for (const salt of EDGE_SALTS) users.push(userCase(salt));
while (users.length < EDGE_SALTS.length + USERS) users.push(userCase(hex(16)));
const devices = Array.from({ length: DEVICES }, deviceCase);
process.stdout.write(`{
"made_by": ${JSON.stringify(`amazon-cognito-identity-js ${version}`)},
"seed": ${JSON.stringify(SEED)},
"users": ${lines(users)},
"devices": ${lines(devices)}
}
`);
