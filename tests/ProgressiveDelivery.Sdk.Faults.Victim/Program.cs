using System.Globalization;
using ProgressiveDelivery.Sdk.Faults.Victim;

// A process for the fault bench to kill, stop, starve and compare with. It ends by itself when the bench is gone.
Lifeline.Hold();
switch (args)
{
    case ["keep", var firstVersion, .. var folders]:
        await KeepCommand.RunAsync(firstVersion, folders);
        return 0;
    case ["follow", var address, var folder]:
        await FollowCommand.RunAsync(address, folder);
        return 0;
    case ["starve"]:
        await StarveCommand.RunAsync();
        return 0;
    case ["assign", var snapshot]:
        await AssignCommand.RunAsync(snapshot);
        return 0;
    case ["spill", var document, var folder, var prefix, var rounds]:
        await SpillCommand.RunAsync(document, folder, prefix, int.Parse(rounds, CultureInfo.InvariantCulture));
        return 0;
    default:
        return 64;
}
